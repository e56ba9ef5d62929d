// No oracle in the clock: refusals take the same time whatever they are for (REG-4, SEC-3). Kinds take turns, so that
// whatever else the machine does meets all alike, and medians are compared with a wide margin; what was measured is printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, makeCode, register } from './support.mjs';

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

async function compare(t, kinds, tries, ask) {
  const times = new Map(kinds.map(([name]) => [name, []]));
  const answers = new Set();
  for (let n = 0; n < tries; ++n) {
    const [name, what] = kinds[n % kinds.length];
    const start = performance.now();
    const answer = await ask(what, n);
    times.get(name).push(performance.now() - start);
    answers.add(`${answer.status} ${answer.text.replace(/"request_id":"\w+"/, '')}`);
  }
  assert.equal(answers.size, 1, [...answers].join('\n'));
  const medians = [...times].map(([name, all]) => [name, median(all)]);
  t.diagnostic(medians.map(([name, ms]) => `${name} ${ms.toFixed(3)} ms`).join(', '));
  const all = medians.map(([, ms]) => ms);
  assert.ok(Math.max(...all) < 2 * Math.min(...all), 'one kind of refusal takes much longer than another');
}

test('REG-4: unknown, inactive, expired, exhausted and pending codes are refused in the same time', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const till = house.must('token', 'create', '--user', 'ada', '--scopes', 'redeem').match(/ost_[\w-]+/)[0];
  house.person('max', '--role', 'manager', '--task-group', 'cleaning');
  const server = await house.serve();
  const off = await makeCode(server, token);
  await call(server, 'POST', `/api/invite-codes/${off.id}/revoke/`, { token });
  const used = await makeCode(server, token);
  assert.equal((await register(server, used.code, 'first')).status, 201);
  const soon = await makeCode(server, token, { expires_at: new Date(Date.now() + 1500).toISOString() });
  const max = house.must('token', 'create', '--user', 'max', '--scopes', 'codes:write').match(/ost_[\w-]+/)[0];
  const asked = await makeCode(server, max, { role: 'admin' });
  const pending = (await call(server, 'GET', `/api/invite-codes/${asked.id}/`, { token })).json;
  await new Promise((go) => setTimeout(go, 2000));
  const kinds = [['unknown', 'NEVERWAS'], ['inactive', off.code], ['expired', soon.code], ['exhausted', used.code], ['pending', pending.code]];
  await compare(t, kinds, 10_000, (code) => call(server, 'POST', '/api/invite-codes/validate/', { body: { code } }));
  await compare(t, kinds, 3_000, (code, n) =>
    call(server, 'POST', '/api/redemptions/', { token: till, body: { code, subject: `s-${n}` } }));
});

test('SEC-3: log-ins with known and unknown names are refused in the same time', async (t) => {
  const house = new Installation(t, 'sqlite', { OSTIARY_PASSWORDS_MEMORY_KIB: '8192' });
  house.person('ada', '--superuser');
  const server = await house.serve();
  await compare(t, [['known', 'ada'], ['unknown', 'bob']], 200, (username) =>
    call(server, 'POST', '/api/auth/token/', { body: { username, password: 'wrong' } }));
});
