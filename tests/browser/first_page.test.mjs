// What a guest's phone has to load, and what the scripts need not to be allowed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation } from '../program/support.mjs';
import { browse, open } from './support.mjs';

const most_bytes = 150_000;

test('the first page weighs less than 150 kB, as it comes over the wire', async (t) => {
  const installation = new Installation(t, 'sqlite');
  installation.person('ada', '--superuser');
  const server = await installation.serve();
  const page = await open(t, await browse());
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await page.goto(`${server.url}/login/`, { waitUntil: 'networkidle' });
  assert.ok(bytes > 5_000, `${bytes} bytes are too few to be true`);
  assert.ok(bytes < most_bytes, `${bytes} bytes`);
});

test('nothing of the scripts asks for eval, inline styles or inline scripts', async (t) => {
  const installation = new Installation(t, 'sqlite');
  installation.person('ada', '--superuser');
  const server = await installation.serve();
  const page = await open(t, await browse());  // what the policy refuses is said on the console, which fails the test
  const response = await page.goto(`${server.url}/login/`, { waitUntil: 'networkidle' });
  assert.doesNotMatch(response.headers()['content-security-policy'], /unsafe/);
  assert.equal(await page.locator('style').count(), 0);
});

test('every icon that a page names is in the sprite', async (t) => {
  const installation = new Installation(t, 'sqlite');
  installation.person('ada', '--superuser');
  const server = await installation.serve();
  const page = await open(t, await browse());
  await page.goto(`${server.url}/login/`);
  const sprite = await (await fetch(server.url + (await page.locator('use').first().getAttribute('href')).split('#')[0])).text();
  assert.match(sprite, /<symbol id="check"/);
  const { readdirSync, readFileSync } = await import('node:fs');
  const folder = new URL('../../templates/', import.meta.url);
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')))
    for (const [, icon] of readFileSync(new URL(file, folder), 'utf8').matchAll(/ICONS_URL\}\}#([a-z-]+)"/g))
      assert.ok(sprite.includes(`<symbol id="${icon}"`), `${file} names ${icon}`);
});
