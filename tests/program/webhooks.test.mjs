// HOOK-1 through the real program: what happens arrives at a real server, signed, in order for each code, from
// any node, once while all is quiet and at least once through crashes.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { Installation, call, databases, makeCode } from './support.mjs';

const allowed = { OSTIARY_WEBHOOK_PRIVATE_ADDRESSES: 'on' };
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function until(what, condition, ms = 15_000) {
  for (const end = Date.now() + ms; ; await sleep(50)) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${ms / 1000} s: ${what}`);
  }
}

// Another program's server. `answer` decides: a status, or {status, headers, after} with a delay.
async function receiver(t, answer = () => 204) {
  const got = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const text = Buffer.concat(chunks).toString();
      const message = { path: request.url, method: request.method, headers: request.headers, text, json: JSON.parse(text), at: Date.now() };
      message.id = request.headers['webhook-id'];
      got.push(message);
      const said = answer(message, got.length);
      const { status, headers = {}, after = 0 } = typeof said === 'number' ? { status: said } : said;
      if (after) await sleep(after);
      response.writeHead(status, headers).end();
      message.answered = status;
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => (server.closeAllConnections(), server.close()));
  return { got, url: `http://127.0.0.1:${server.address().port}`, port: server.address().port };
}

async function makeHook(server, token, url, events = []) {
  const made = await call(server, 'POST', '/api/webhooks/', { token, body: { url, events } });
  assert.equal(made.status, 201, made.text);
  return made.json.data;
}

const redeem = (server, token, code, subject) =>
  call(server, 'POST', '/api/redemptions/', { token, body: { code: code.code, subject } });
const edit = (server, token, code, notes) => call(server, 'PATCH', `/api/invite-codes/${code.id}/`, { token, body: { notes } });
const deliveries = async (server, token, hook) =>
  (await call(server, 'GET', `/api/webhooks/${hook.id}/deliveries/?page_size=100`, { token })).json.results;

function assertSigned(message, secret) {
  const timestamp = message.headers['webhook-timestamp'];
  assert.ok(Math.abs(Date.now() / 1000 - Number(timestamp)) < 60, timestamp);
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.text}`).digest('base64');
  assert.ok(message.headers['webhook-signature'].split(' ').includes(`v1,${signature}`));
}

for (const kind of databases) {
  test(`HOOK-1 on ${kind}: an event arrives within a second, signed, and without the code`, async (t) => {
    const house = new Installation(t, kind, allowed);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const { got, url } = await receiver(t);
    const hook = await makeHook(server, token, `${url}/in?key=1`, ['code.redeemed']);
    const code = await makeCode(server, token, { max_uses: 0, label: 'Spring' });
    await sleep(600);  // the sender has nothing to do
    const asked = Date.now();
    assert.equal((await redeem(server, token, code, 'ann')).status, 201);
    const message = await until('the message', () => got[0]);
    assert.ok(message.at - asked < 2000, `${message.at - asked} ms`);
    assert.equal(message.method, 'POST');
    assert.equal(message.path, '/in?key=1');
    assert.equal(message.headers['content-type'], 'application/json');
    assert.equal(message.json.type, 'code.redeemed');
    assert.equal(message.json.data.code_id, code.id);
    assert.equal(message.json.data.subject_id, 'ann');
    assertSigned(message, hook.secret);
    for (const hidden of [code.code, code.registration_url.split('/').at(-2), token, hook.secret]) assert.ok(!message.text.includes(hidden));
    const [delivery] = await until('the record', async () => {
      const log = await deliveries(server, token, hook);
      return log[0].state === 'delivered' && log;
    });
    assert.equal(delivery.webhook_id, message.id);
    assert.equal(delivery.status, 204);
    await sleep(1000);
    assert.equal(got.length, 1);
    assert.ok(!house.everyByteStored().includes(hook.secret));
  });

  test(`HOOK-1 on ${kind}: a failed event of a code is sent again before later ones, and other codes do not wait`, async (t) => {
    const house = new Installation(t, kind, allowed);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    let refused = null;
    const { got, url } = await receiver(t, (message) => {
      if (message.json.data.code_id !== 1 || refused) return 200;
      refused = message.id;
      return 500;
    });
    await makeHook(server, token, url, ['code.edited']);
    const first = await makeCode(server, token);
    const other = await makeCode(server, token);
    assert.equal(first.id, 1);
    for (let i = 0; i < 5; ++i)
      for (const code of [first, other]) assert.equal((await edit(server, token, code, `edit ${i}`)).status, 200);
    await until('all', () => got.length === 11, 20_000);
    const of = (code) => got.filter((message) => message.json.data.code_id === code.id);
    const events = (messages) => messages.map((message) => message.json.data.event_id);
    for (const code of [first, other]) assert.deepEqual(events(of(code)), [...events(of(code))].sort((a, b) => a - b));
    const [failed, again] = of(first);
    assert.equal(failed.id, refused);
    assert.equal(again.id, refused);
    assert.equal(again.text, failed.text);
    assert.ok(again.at - failed.at >= 4400 && again.at - failed.at < 8000, `${again.at - failed.at} ms`);
    assert.ok(of(other).every((message) => message.at < again.at), 'another code had to wait');
  });

  test(`HOOK-1 on ${kind}: redirects are not followed, and 410 ends it`, async (t) => {
    const house = new Installation(t, kind, allowed);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const { got, url } = await receiver(t, (message) =>
      message.path === '/gone' ? 410 : { status: 302, headers: { location: '/elsewhere' } });
    const moved = await makeHook(server, token, `${url}/moved`, ['code.created']);
    const gone = await makeHook(server, token, `${url}/gone`, ['code.created']);
    await makeCode(server, token);
    await until('both', () => got.length >= 2);
    const off = await until('gone', async () => {
      const hook = (await call(server, 'GET', `/api/webhooks/${gone.id}/`, { token })).json;
      return !hook.is_active && hook;
    });
    assert.equal(off.disabled_reason, 'gone');
    const log = await until('the failure', async () => {
      const all = await deliveries(server, token, moved);
      return all[0].status === 302 && all;
    });
    assert.equal(log[0].state, 'pending');
    await makeCode(server, token);
    await sleep(1000);
    assert.ok(got.every((message) => message.path !== '/elsewhere'));
    assert.equal(got.filter((message) => message.path === '/gone').length, 1);
  });

  test(`HOOK-1 on ${kind}: one slow receiver holds up nobody, and stopping does not wait for it`, async (t) => {
    const house = new Installation(t, kind, allowed);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const slow = await receiver(t, () => ({ status: 200, after: 60_000 }));
    const quick = await receiver(t);
    await makeHook(server, token, slow.url, ['code.created', 'code.edited']);
    await makeHook(server, token, quick.url, ['code.edited']);
    const codes = await Promise.all(Array.from({ length: 4 }, () => makeCode(server, token)));
    await until('the slow ones', () => slow.got.length === 4);
    await Promise.all(Array.from({ length: 30 }, (_, i) => edit(server, token, codes[i % 4], `edit ${i}`)));
    await until('the quick ones', () => quick.got.length === 30);
    const patient = slow.got.filter((message) => message.at - slow.got[0].at < 14_000);
    assert.equal(patient.length, 4, 'no more than four at a time');
    const before = slow.got.length;
    const begin = Date.now();
    const { code } = await server.stop();
    assert.equal(code, 0);
    assert.ok(Date.now() - begin < 6000, `${Date.now() - begin} ms`);
    await house.serve();
    await until('what was handed back', () => slow.got.length >= before + 4);
    const ids = slow.got.map((message) => message.id);
    assert.deepEqual(ids.slice(before, before + 4).sort(), ids.slice(0, 4).sort());
  });

  test(`HOOK-1 on ${kind}: two nodes share the work and send nothing twice`, async (t) => {
    const house = new Installation(t, kind, allowed);
    const token = house.person('ada', '--superuser');
    const nodes = [await house.serve(), await house.serve()];
    const { got, url } = await receiver(t, () => ({ status: 200, after: 20 }));
    await makeHook(nodes[0], token, url, ['code.redeemed']);
    const codes = await Promise.all(Array.from({ length: 10 }, () => makeCode(nodes[1], token, { max_uses: 0 })));
    const asked = codes.flatMap((code, c) => Array.from({ length: 10 }, (_, g) => redeem(nodes[g % 2], token, code, `s-${c}-${g}`)));
    for (const answer of await Promise.all(asked)) assert.equal(answer.status, 201);
    await until('all', () => got.length >= 100, 30_000);
    await sleep(1500);
    assert.equal(got.length, 100);
    assert.equal(new Set(got.map((message) => message.id)).size, 100);
    for (const code of codes) {
      const events = got.filter((message) => message.json.data.code_id === code.id).map((message) => message.json.data.event_id);
      assert.deepEqual(events, [...events].sort((a, b) => a - b));
    }
  });

  test(`HOOK-1 on ${kind}: whoever is killed between sending and recording sends again, under the same id`, async (t) => {
    const house = new Installation(t, kind, allowed);
    const token = house.person('ada', '--superuser');
    let server = await house.serve();
    const { got, url } = await receiver(t, () => ({ status: 200, after: 30 }));
    await makeHook(server, token, url, ['code.redeemed']);
    const codes = await Promise.all(Array.from({ length: 8 }, () => makeCode(server, token, { max_uses: 0 })));
    const redeemed = [];
    for (let crash = 0; crash < 2; ++crash) {
      const storming = codes.flatMap((code, c) => Array.from({ length: 15 }, async (_, g) => {
        const subject = `s-${crash}-${c}-${g}`;
        const answer = await redeem(server, token, code, subject).catch(() => null);
        if (answer?.status === 201) redeemed.push(subject);
      }));
      const heard = got.length;
      await until('something is being sent', () => got.length > heard + 4);
      await server.crash();
      await Promise.all(storming);
      server = await house.serve();
    }
    assert.ok(redeemed.length > 0);
    const subjects = () => new Set(got.map((message) => message.json.data.subject_id));
    await until('every redemption that was acknowledged', () => redeemed.every((subject) => subjects().has(subject)), 100_000);
    const texts = new Map();
    for (const message of got) {
      assert.equal(texts.get(message.id) ?? message.text, message.text);
      texts.set(message.id, message.text);
    }
    assert.ok(got.length > texts.size, 'nothing was cut between sending and recording');
    const events = new Map();  // of each code, when each was first sent
    for (const { json: { data } } of got) {
      const seen = events.get(data.code_id) ?? [];
      if (!seen.includes(data.event_id)) seen.push(data.event_id);
      events.set(data.code_id, seen);
    }
    for (const seen of events.values()) assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  });
}

test('HOOK-1: a name that leads into the own network is not connected to, unless that is allowed', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const { got, port } = await receiver(t);
  for (const host of ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]']) {
    const refused = await call(server, 'POST', '/api/webhooks/', { token, body: { url: `http://${host}:${port}/` } });
    assert.equal(refused.status, 400, host);
    assert.ok(refused.json.fields.url);
  }
  for (const host of ['localhost', '127.1', '2130706433', '0x7f.0.0.1', '0']) {
    const made = await call(server, 'POST', '/api/webhooks/', { token, body: { url: `http://${host}:${port}/`, events: ['code.created'] } });
    if (made.status !== 201) continue;
    const tested = await call(server, 'POST', `/api/webhooks/${made.json.data.id}/test/`, { token });
    assert.equal(tested.status, 202);
    const [log] = await until(host, async () => {
      const all = await deliveries(server, token, made.json.data);
      return all[0].attempts > 0 && all[0].response && all;
    });
    assert.match(log.response, /private address/, host);
    assert.equal(log.status, null);
  }
  assert.equal(got.length, 0);
});
