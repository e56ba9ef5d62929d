// The registration page on a slow phone in a slow network: usable within a second.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, makeCode } from '../program/support.mjs';
import { browse, open, phone } from './support.mjs';

const slow = { cpu: 4, bytes_per_s: 1.6e6 / 8, round_trip_ms: 150 };
const most_ms = 1000;

test('the registration page can be typed into within a second: a CPU four times slower, 1.6 Mbit/s, 150 ms', async (t) => {
  const installation = new Installation(t, 'sqlite');
  const token = installation.person('ada', '--superuser');
  installation.must('aircraft', 'add', 'N12345');
  const server = await installation.serve();
  const aircraft_roles = [{ aircraft: 'N12345', role: 'pilot' }];
  const code = await makeCode(server, token, { max_uses: 0, aircraft_roles, welcome: 'Welcome to the club.' });
  const page = await open(t, await browse(), { viewport: phone, hasTouch: true, isMobile: true });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false, latency: slow.round_trip_ms, downloadThroughput: slow.bytes_per_s, uploadThroughput: slow.bytes_per_s,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu });
  const loads = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator }) =>
    loads.set(requestId, { url: new URL(request.url).pathname, initiator: initiator.type, priority: request.initialPriority, bytes: 0 }));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { loads.get(requestId).bytes = encodedDataLength; });

  const began = performance.now();
  await page.goto(server.url + new URL(code.registration_url).pathname, { waitUntil: 'commit' });
  const field = page.locator('[name=username]');
  await field.pressSequentially('a');
  assert.equal(await field.inputValue(), 'a');
  const typed_after_ms = Math.round(performance.now() - began);
  await page.waitForLoadState('networkidle');
  const marks = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const [parsed, ready, painted] = [navigation.domInteractive, navigation.domContentLoadedEventEnd, paint?.startTime ?? 0].map(Math.round);
    return { parsed, ready, painted };
  });
  const all = [...loads.values()];
  const blocking = all.filter((one) => /\.css$/.test(one.url));
  const scripts = all.filter((one) => /\.js$/.test(one.url));
  const total = all.reduce((sum, one) => sum + one.bytes, 0);

  // What has to be there before one can type: the page, and the style sheet it names. Scripts are deferred.
  const document_bytes = all[0].bytes;
  const needed_bytes = document_bytes + blocking.reduce((sum, one) => sum + one.bytes, 0);
  const round_trips = 1 + 1 + 1;  // to connect, for the page, for its style sheet
  const computed_ms = Math.round(round_trips * slow.round_trip_ms + needed_bytes / slow.bytes_per_s * 1000);
  t.diagnostic(`typed into after ${typed_after_ms} ms; parsed ${marks.parsed}, painted ${marks.painted}, scripts done ${marks.ready} ms`);
  t.diagnostic(`computed from ${round_trips} round trips and ${needed_bytes} bytes: ${computed_ms} ms; ${all.length} requests, ${total} bytes in all`);
  assert.equal(blocking.length, 1, 'one style sheet');
  assert.ok(scripts.length <= 1 && await page.locator('script:not([defer])').count() === 0, 'one script, which waits');
  assert.ok(all.slice(1).every((one) => one.initiator === 'parser' || /favicon|icons/.test(one.url)), 'nothing is found out late');
  assert.ok(all.length <= 6, all.map((one) => one.url).join());
  assert.ok(computed_ms < most_ms, `${computed_ms} ms`);
  assert.ok(total < 100_000, `${total} bytes`);
  // The scripts come in the same round trip as the style sheet.
  const with_scripts_ms = computed_ms + scripts.reduce((sum, one) => sum + one.bytes, 0) / slow.bytes_per_s * 1000;
  assert.ok(with_scripts_ms < most_ms, `${with_scripts_ms} ms with the scripts`);
});
