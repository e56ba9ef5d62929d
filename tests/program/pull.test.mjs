// HR-1: a file of people through the real program: applied in spite of a kill -9, each person once; and as many rows as
// one file may have.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as later } from 'node:timers/promises';
import { Installation, call, databases } from './support.mjs';

const people = (count) => ['employee_id,name,email,role', ...Array.from({ length: count }, (_, i) => `${1000 + i},Person ${i},person-${i}@example.org,staff`)].join('\n');
const look = async (server, token, id) => (await call(server, 'GET', `/api/pulls/${id}/`, { token })).json;
const until = async (server, token, id, states) => {
  for (let waited = 0; waited < 1200; ++waited) {
    const now = await look(server, token, id);
    if (states.includes(now.state)) return now;
    await later(100);
  }
  throw new Error(`it never became ${states}`);
};
const fetched = async (server, token) => {
  const asked = await call(server, 'POST', '/api/pulls/', { token });
  assert.ok(asked.status < 300, asked.text);
  return until(server, token, asked.json.data.id, ['waiting', 'same', 'failed']);
};

async function house(t, kind, rows) {
  const installation = new Installation(t, kind, {});
  const source = join(installation.data, 'people.csv');
  installation.env.OSTIARY_PULL_SOURCE = source;
  writeFileSync(source, people(rows));
  const token = installation.person('ada', '--superuser');
  return { installation, source, token, server: await installation.serve() };
}

for (const kind of databases)
  test(`HR-1 ${kind}: a pull that is applied goes on after a kill -9, and invites each once`, async (t) => {
    const { installation, token, ...started } = await house(t, kind, 1200);
    let { server } = started;
    const waiting = await fetched(server, token);
    assert.deepEqual([waiting.state, waiting.invite, waiting.wrong], ['waiting', 1200, 0], waiting.trouble);
    const applied = await call(server, 'POST', `/api/pulls/${waiting.id}/apply/`, { token });
    assert.ok(applied.status < 300, applied.text);
    let now = await look(server, token, waiting.id);
    for (; now.state === 'applying' && now.done < 150; now = await look(server, token, waiting.id)) await later(5);
    assert.equal(now.state, 'applying', 'it was done before it could be killed');
    await server.crash();
    server = await installation.serve();
    const done = await until(server, token, waiting.id, ['applied']);
    assert.deepEqual([done.done, done.failed], [1200, 0]);
    const counted = (await call(server, 'GET', '/api/invite-codes/?page_size=1&count=true', { token })).json.count;
    assert.equal(counted, 1200);
    assert.equal((await fetched(server, token)).state, 'same');
  });

test('HR-1: twenty thousand rows are compared in little memory, one more is too many', async (t) => {
  const { source, token, server } = await house(t, 'sqlite', 20_000);
  const memory = (what) => Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+) kB`))[1]) / 1024;
  const begun = performance.now(), before = memory('VmRSS');
  const waiting = await fetched(server, token);
  t.diagnostic(`compared after ${Math.round(performance.now() - begun)} ms, the peak grew by ${(memory('VmHWM') - before).toFixed(1)} MiB`);
  assert.deepEqual([waiting.state, waiting.rows, waiting.invite], ['waiting', 20_000, 20_000]);
  writeFileSync(source, people(20_001));
  const refused = await fetched(server, token);
  assert.equal(refused.state, 'failed');
  assert.match(refused.trouble, /20000|20,000/);
});
