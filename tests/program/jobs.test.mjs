// ADM-2: many codes are changed through the real program: it is killed in the middle, stopped, undone, from the API and the
// command line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as later } from 'node:timers/promises';
import { Installation, call, databases } from './support.mjs';

const bulk = async (server, token, body) => (await call(server, 'POST', '/api/invite-codes/bulk/', { token, body }));
const look = async (server, token, job) => (await call(server, 'GET', `/api/jobs/${job}/`, { token })).json;
const counted = async (server, token, query) =>
  (await call(server, 'GET', `/api/invite-codes/?page_size=1&count=true&${query}`, { token })).json.count;
const events = async (server, token, kind) => {
  let found = 0;
  for (let next = ''; next !== null;) {
    const page = (await call(server, 'GET', `/api/audit/?kind=${kind}&page_size=100${next && `&cursor=${encodeURIComponent(next)}`}`, { token })).json;
    found += page.results.length;
    next = page.next;
  }
  return found;
};
const until = async (server, token, job) => {
  for (let waited = 0; waited < 1200; ++waited) {
    const now = await look(server, token, job);
    if (now.state !== 'running' && now.state !== 'undoing') return now;
    await later(100);
  }
  throw new Error('it never came to its end');
};

for (const kind of databases)
  test(`ADM-2 ${kind}: a change of many codes goes on after a kill -9, changes each once, and is undone exactly`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    let server = await house.serve();
    const made = await bulk(server, token, { action: 'create', count: 3000, max_uses: 3 });
    assert.equal(made.status, 200, made.text);
    const started = await bulk(server, token, { action: 'edit', filter: {}, expected: 3000, fields: { max_uses: 7, notes: 'All of them' } });
    assert.equal(started.status, 202, started.text);
    const { job } = started.json;
    let now = await look(server, token, job);
    for (; now.state === 'running' && now.looked_at < 300; now = await look(server, token, job)) await later(5);
    assert.equal(now.state, 'running', 'it was done before it could be killed');
    await server.crash();
    server = await house.serve();
    const done = await until(server, token, job);
    assert.deepEqual([done.state, done.looked_at, done.changed, done.skipped], ['done', 3000, 3000, 0]);
    assert.equal(await events(server, token, 'code.edited'), 3000);
    const page = (await call(server, 'GET', '/api/invite-codes/?page_size=100', { token })).json.results;
    assert.ok(page.every((code) => code.max_uses === 7 && code.notes === 'All of them'));

    const undone = await call(server, 'POST', `/api/jobs/${job}/undo/`, { token });
    assert.equal(undone.status, 202, undone.text);
    for (now = undone.json; now.state === 'undoing' && now.brought_back < 300; now = await look(server, token, job)) await later(5);
    await server.crash();
    server = await house.serve();
    const back = await until(server, token, job);
    assert.deepEqual([back.state, back.brought_back, back.kept], ['undone', 3000, 0]);
    assert.equal(await events(server, token, 'code.edited'), 6000);
    const again = (await call(server, 'GET', '/api/invite-codes/?page_size=100', { token })).json.results;
    assert.ok(again.every((code) => code.max_uses === 3 && code.notes === ''));
  });

test('ADM-2: the command line lists, shows, stops and undoes changes of many codes', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  assert.match(house.must('jobs', 'list'), /ID +BEGUN/);
  await bulk(server, token, { action: 'create', count: 30, task_group: 'cleaning' });
  const { job } = (await bulk(server, token, { action: 'revoke', as_job: true, filter: {} })).json;
  await until(server, token, job);
  assert.match(house.must('jobs', 'list'), new RegExp(`${job}.* ada +revoke +done +30 +30`));
  assert.match(house.must('jobs', 'undo', job), /Put back +30/);
  assert.equal(await counted(server, token, 'status=active'), 30);
  assert.equal(JSON.parse(house.must('jobs', 'show', job, '--json')).state, 'undone');
  const late = house.cli('jobs', 'stop', job);
  assert.equal(late.status, 1);
  assert.match(late.err, /at its end/);
  assert.equal(house.cli('jobs', 'show', 'nonsense').status, 1);
});
