// What happens is told within a second, through whichever node it happened, to whoever may see it and to nobody else.

import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as later } from 'node:timers/promises';
import { Installation, atEnd, call, databases, makeCode, password, redeem } from './support.mjs';

const agent = new Agent({ keepAlive: false, maxSockets: Infinity });

// A session's cookie, as a browser gets it.
export async function signIn(server, username) {
  const form = await fetch(`${server.url}/login/`);
  const csrf_token = (await form.text()).match(/name="csrf_token" value="([^"]+)"/)[1];
  const cookie = form.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const done = await fetch(`${server.url}/login/`, {
    method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ csrf_token, username, password }),
  });
  assert.equal(done.status, 303);
  return [cookie, ...done.headers.getSetCookie().map((one) => one.split(';')[0])].join('; ');
}

// One stream: what came over it, and a way to wait for it.
function listen(t, server, cookie, headers = {}, query = '') {
  const stream = { heard: [], text: '', ended: false };
  const asked = request(`${server.url}/live/${query}`, { agent, headers: { cookie, ...headers } }, (answer) => {
    stream.status = answer.statusCode;
    stream.type = answer.headers['content-type'];
    answer.setEncoding('utf8').on('data', (part) => {
      stream.text += part;
      for (const message of stream.text.matchAll(/id: (\d+)\ndata: (.*)\n\n/g))
        if (!stream.heard.some(({ id }) => id === Number(message[1]))) stream.heard.push({ id: Number(message[1]), ...JSON.parse(message[2]) });
    }).on('end', () => { stream.ended = true; }).on('error', () => { stream.ended = true; });
  });
  asked.on('error', () => { stream.ended = true; }).end();
  stream.close = () => asked.destroy();
  atEnd(t, stream.close);
  return stream;
}

async function until(what, most, about) {
  const end = Date.now() + most;
  while (!what()) {
    assert.ok(Date.now() < end, about);
    await later(10);
  }
}

const told = (stream, code) => stream.heard.some(({ codes }) => codes.includes(code.id));

for (const kind of databases) {
  test(`LIVE-1 on ${kind}: a redemption at one node is told at the other within a second, to those who may see the code`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    house.person('lea', '--role', 'manager', '--task-group', 'laundry');
    house.person('cleo', '--role', 'manager', '--task-group', 'cleaning');
    house.person('otto');
    const here = await house.serve(), there = kind === 'postgres' ? await house.serve() : here;
    const code = await makeCode(here, token, { task_group: 'laundry', max_uses: 0 });
    const streams = {};
    for (const who of ['ada', 'lea', 'cleo']) streams[who] = listen(t, there, await signIn(there, who));
    for (const who of Object.keys(streams)) await until(() => streams[who].status === 200, 5000, `${who} is not let in`);
    assert.match(streams.ada.type, /^text\/event-stream/);
    const otto = listen(t, there, await signIn(there, 'otto'));
    await until(() => otto.status, 5000);
    assert.equal(otto.status, 403);
    const nobody = listen(t, there, '');
    await until(() => nobody.status, 5000);
    assert.ok([302, 303, 401].includes(nobody.status), String(nobody.status));

    await redeem(here, token, code.code, 'somebody');
    await until(() => told(streams.ada, code) && told(streams.lea, code), 1000, 'nobody was told within a second');
    assert.ok(!told(streams.cleo, code), 'another team was told');
    assert.doesNotMatch(streams.lea.text + streams.ada.text, new RegExp(code.code));
  });

  test(`LIVE-1 on ${kind}: whoever was cut off is told what they missed, across a restart of the program too`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    let server = await house.serve();
    const code = await makeCode(server, token, { max_uses: 0 });
    const cookie = await signIn(server, 'ada');
    const first = listen(t, server, cookie);
    await redeem(server, token, code.code, 'one');
    await until(() => told(first, code), 2000, 'the first was not told');
    const seen = first.heard.at(-1).id;
    first.close();
    await redeem(server, token, code.code, 'two');
    const second = listen(t, server, cookie, { 'last-event-id': String(seen) });
    await until(() => told(second, code), 1500, 'what was missed was not told');
    const latest = Math.max(...second.heard.map(({ id }) => id));
    await server.crash();
    server = await house.serve();
    await redeem(server, token, code.code, 'three');
    const third = listen(t, server, cookie, {}, `?since=${latest}`);
    await until(() => third.heard.length > 0, 1500, 'what was missed while the program was away was not told');
  });
}

test('PERM-6: the stream of somebody who is deactivated, or who logs out everywhere, ends', async (t) => {
  const house = new Installation(t, 'sqlite');
  house.person('ada', '--superuser');
  house.person('lea', '--role', 'manager');
  const server = await house.serve();
  const lea = listen(t, server, await signIn(server, 'lea')), ada = listen(t, server, await signIn(server, 'ada'));
  await until(() => lea.status === 200 && ada.status === 200, 5000);
  house.must('user', 'deactivate', 'lea');
  await until(() => lea.ended, 2000, 'the stream of somebody deactivated goes on');
  assert.ok(!ada.ended);
});

test('LIVE-1: a thousand streams are told within two seconds, and the pages stay quick; a stop ends them all', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  for (let i = 0; i < 50; ++i) house.person(`lea${i}`, '--role', 'manager', '--task-group', 'laundry');
  const server = await house.serve();
  const code = await makeCode(server, token, { task_group: 'laundry', max_uses: 0 });
  const streams = [];
  for (let i = 0; i < 50; ++i) {
    const cookie = await signIn(server, `lea${i}`);
    for (let n = 0; n < 20; ++n) streams.push(listen(t, server, cookie));
  }
  await until(() => streams.every(({ status }) => status === 200), 20_000, 'not all are let in');
  await redeem(server, token, code.code, 'somebody');
  await until(() => streams.every((stream) => told(stream, code)), 2000, 'not all were told');
  const begun = Date.now();
  assert.equal((await call(server, 'GET', `/api/invite-codes/${code.id}/`, { token })).status, 200);
  assert.ok(Date.now() - begun < 500, 'another request waits');
  const stopping = Date.now();
  await server.stop();
  assert.ok(Date.now() - stopping < 5000, 'the stop waits for streams');
  await until(() => streams.every(({ ended }) => ended), 2000, 'a stream does not end');
});
