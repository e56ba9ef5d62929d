// BULK-2: files of codes through the real program: an export in another installation, a hundred thousand rows in little
// memory, and a program that is killed while it imports.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as later } from 'node:timers/promises';
import { Installation, call, databases, program } from './support.mjs';

const send = async (server, token, body, query = '') => {
  const answer = await fetch(`${server.url}/api/invite-codes/import/${query}`, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' }, body,
  });
  const text = await answer.text();
  return { status: answer.status, text, json: JSON.parse(text) };
};
const look = async (server, token, id) => (await call(server, 'GET', `/api/imports/${id}/`, { token })).json;
const counted = async (server, token) => (await call(server, 'GET', '/api/invite-codes/?page_size=1&count=true', { token })).json.count;
const until = async (server, token, id, seconds = 120) => {
  for (let waited = 0; waited < 10 * seconds; ++waited) {
    const now = await look(server, token, id);
    if (now.state !== 'running' && now.state !== 'undoing') return now;
    await later(100);
  }
  throw new Error('it never came to its end');
};
const memory = (pid, what) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+) kB`))[1]) / 1024;

test('BULK-2: ten thousand codes are exported, and the same in another installation', async (t) => {
  const here = new Installation(t, 'sqlite');
  const there = new Installation(t, 'sqlite');
  const token = here.person('ada', '--superuser');
  const server = await here.serve();
  const draft = { label: 'Open day', tags: ['open', 'day'], notes: 'two\nlines; "quoted"', max_uses: 4, expires_days: 90,
    task_group: 'cleaning', email_domains: ['example.org'], account_days: 30, welcome: 'Hello' };
  const made = await call(server, 'POST', '/api/invite-codes/bulk/', { token, body: { action: 'create', count: 10_000, ...draft } });
  assert.equal(made.status, 200, made.text);
  await server.stop();
  const file = join(here.data, 'codes.csv');
  const exported = spawnSync(program, ['export', 'codes', ...here.where()], { env: here.env, maxBuffer: 1 << 28 });
  writeFileSync(file, exported.stdout);
  assert.match(there.must('import', file, '--dry-run'), /Right +10000/);
  assert.equal(there.must('export', 'codes').trim().split('\r\n').length, 1, 'a dry run stores nothing');
  assert.match(there.must('import', file), /Imported: 10000 codes/);
  const again = spawnSync(program, ['export', 'codes', ...there.where()], { env: there.env, maxBuffer: 1 << 28 }).stdout.toString();
  // Whose they are, when they were made and where their links lead belongs to each installation.
  const own = /^("(?:[^"]|"")*","(?:[^"]|"")*",)"(?:[^"]|"")*"/;
  const plain = (text) => text.split('\r\n').map((line) => line.replace(own, '$1"creator"')
    .replace(/"https?:\/\/[^"]*\/register\/[^"]*"/, '"link"').replace(/("Open day","creator",(?:"[^"]*",){5})"[^"]*"/, '$1"created"')).sort();
  const before = plain(exported.stdout.toString());
  assert.equal(before.length, 10_002);
  assert.deepEqual(plain(again), before);
  assert.match(there.must('import', file), /imported before/);
});

test('BULK-2: the command line takes standard input, maps columns, and says what is wrong', (t) => {
  const house = new Installation(t, 'sqlite');
  const file = join(house.data, 'members.csv');
  writeFileSync(file, 'Label;Dept\r\nSpring;cleaning\r\nAutumn;moon\r\n');
  const refused = house.cli('import', file, '--map', 'Dept=task_group');
  assert.equal(refused.status, 1);
  assert.match(refused.out, /3 +task_group +task_group\.unknown/);
  assert.match(refused.err, /Nothing was imported: 1 of 2 rows are wrong/);
  const piped = spawnSync(program, ['import', '-', '--good-rows', '--map', 'Dept=task_group', '--json', ...house.where()],
    { env: house.env, encoding: 'utf8', input: readFileSync(file) });
  assert.equal(piped.status, 0, piped.stderr);
  const told = JSON.parse(piped.stdout);
  assert.equal(told.created, 1);
  assert.equal(told.errors[0].row, 3);
  const id = told.import;
  assert.match(house.must('imports', 'list'), new RegExp(`${id}.* done +1 +0`));
  assert.match(house.must('imports', 'undo', id), /Taken back: 1 of 1 codes/);
  assert.match(house.must('imports', 'list'), new RegExp(`${id}.* undone +1 +1`));
  const twice = house.cli('imports', 'undo', id);
  assert.equal(twice.status, 1);
  assert.match(twice.err, /at its end/);
  assert.equal(house.cli('import', file, '--map', 'nonsense').status, 2);
  assert.equal(house.cli('import', '/nowhere.csv').status, 1);
});

// One row in a hundred is wrong, in each of these ways in turn.
const wrong = ['king,,,', ',moon,,', ',,-1,', ',,,soon', ',,,2001-01-01'];
const rows = 100_000;
const large = () => {
  const lines = ['label,email,role,task group,max uses,expires'];
  for (let row = 1; row <= rows; ++row)
    lines.push(row % 100 === 0 ? `Row ${row},,${wrong[(row / 100) % wrong.length]}` : `Row ${row},person-${row}@example.org,viewer,,3,30`);
  return lines.join('\n');
};

test('BULK-2: a hundred thousand rows, one in a hundred wrong, in little memory', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const file = large();
  const refused = await send(server, token, file, '?dry_run=1');
  assert.equal(refused.json.state, 'refused');
  assert.equal(refused.json.errors.length, rows / 100);
  refused.json.errors.forEach((error, at) => assert.equal(error.row, 100 * (at + 1) + 1));
  assert.deepEqual([...new Set(refused.json.errors.map((error) => error.reason))].sort(),
    ['expires.invalid', 'expires.past', 'max_uses.invalid', 'role.unknown', 'task_group.unknown']);
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5');  // the peak begins anew
  const before = memory(server.pid, 'VmRSS');
  const begun = performance.now();
  const started = await send(server, token, file, '?mode=good');
  assert.equal(started.status, 202, started.text.slice(0, 300));
  assert.equal(started.json.state, 'running');
  const answered = performance.now() - begun;
  const steps = new Set();
  for (let now = await look(server, token, started.json.import); now.state === 'running'; now = await look(server, token, started.json.import)) {
    steps.add(now.looked_at);
    await later(100);
  }
  const took = performance.now() - begun;
  const done = await look(server, token, started.json.import);
  assert.equal(done.state, 'done');
  assert.equal(done.created, rows - rows / 100);
  assert.equal(done.refused, rows / 100);
  assert.ok(steps.size > 3, 'progress is seen');
  assert.equal(await counted(server, token), rows - rows / 100);
  const grew = memory(server.pid, 'VmHWM') - before;
  t.diagnostic(`answered after ${Math.round(answered)} ms, done after ${Math.round(took)} ms; a file of ${(file.length / 2 ** 20).toFixed(1)} MiB, the peak grew by ${grew.toFixed(1)} MiB`);
  assert.ok(grew < 192, `the peak grew by ${grew} MiB`);
});

for (const kind of databases)
  test(`BULK-2 ${kind}: a kill -9 in the middle leaves all or nothing, and a large import goes on`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    let server = await house.serve();
    const small = ['label', ...Array.from({ length: 2000 }, (_, row) => `Small ${row}`)].join('\n');
    for (const patience of [30, 150, 400]) {
      const before = await counted(server, token);
      const answer = send(server, token, `${small}\nafter ${patience}`, '?again=1').then((done) => done.status, () => 0);
      await later(patience);
      await server.crash();
      const status = await answer;
      server = await house.serve();
      const made = (await counted(server, token)) - before;
      assert.ok(made === 0 || made === 2001, `${made} codes are there`);
      if (status === 200) assert.equal(made, 2001);
    }
    const before = await counted(server, token);
    const many = ['label', ...Array.from({ length: 10_500 }, (_, row) => `Large ${row}`)].join('\n');
    const started = await send(server, token, many);
    assert.equal(started.json.state, 'running', started.text.slice(0, 300));
    for (let now = 0; now < 500; now = (await look(server, token, started.json.import)).looked_at) await later(10);
    await server.crash();
    server = await house.serve();
    const done = await until(server, token, started.json.import);
    assert.equal(done.state, 'done');
    assert.equal(done.created, 10_500);
    assert.equal((await counted(server, token)) - before, 10_500);
    assert.equal((await send(server, token, many)).json.state, 'repeated');
  });
