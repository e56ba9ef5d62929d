// REP-2: files of any length, in little memory.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { Installation, call, makeCode } from './support.mjs';

const rows = 100_000;

const memory = (server, what) => Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(new RegExp(`${what}:\\s+(\\d+) kB`))[1]) / 1024;

// Reads it to its end without keeping it: how many lines it had, and by how many MiB the server's peak grew.
async function download(server, path, token) {
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5');  // the peak begins anew
  const before = memory(server, 'VmRSS');
  const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  let lines = 0;
  for await (const part of answer.body) for (const byte of part) if (byte === 10) ++lines;
  return { lines, grew: memory(server, 'VmHWM') - before };
}

test('REP-2: a hundred thousand codes are exported in little memory', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  for (let made = 0; made < rows; made += 10_000) {
    const done = await call(server, 'POST', '/api/invite-codes/bulk/', { token, body: { action: 'create', count: 10_000, label: 'Many' } });
    assert.equal(done.status, 200, done.text);
  }
  const { lines, grew } = await download(server, '/api/invite-codes/export.csv', token);
  assert.equal(lines, rows + 1);
  assert.ok(grew < 64, `the peak grew by ${grew} MiB`);
  t.diagnostic(`${lines} lines, the peak grew by ${grew.toFixed(1)} MiB`);
});

test('REP-2: a hundred thousand uses are exported in little memory, by the server and by the command line', async (t) => {
  const house = new Installation(t, 'postgres');
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const code = await makeCode(server, token, { max_uses: 0, label: 'Everybody' });
  const fill = `INSERT INTO redemption (code_id, redeemed_at, application, subject, role, task_group)
                SELECT ${code.id}, ${Date.now()}, 'an-application', 'person ' || n, 'staff', 'general' FROM generate_series(1, ${rows}) n`;
  const filled = spawnSync('psql', [house.database, '-qX', '-v', 'ON_ERROR_STOP=1', '-c', fill], { encoding: 'utf8' });
  assert.equal(filled.status, 0, filled.stderr);
  const { lines, grew } = await download(server, '/api/redemptions/export.csv', token);
  assert.equal(lines, rows + 1);
  assert.ok(grew < 64, `the peak grew by ${grew} MiB`);
  t.diagnostic(`${lines} lines, the peak grew by ${grew.toFixed(1)} MiB`);
  const some = house.must('export', 'usage', '--days', '1', '--role', 'viewer');
  assert.equal(some.trim().split('\n').length, 1);
});

for (const kind of ['sqlite', 'postgres'])
  test(`REP-2 ${kind}: the command line prints codes, users and uses`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const code = await makeCode(server, token, { label: '@here' });
    const used = await call(server, 'POST', '/api/redemptions/', { token, body: { code: code.code, subject: '-2+3' } });
    assert.equal(used.status, 201);
    assert.match(house.must('export', 'users'), /^"Username".*\r\n"ada"/);
    assert.match(house.must('export', 'codes', '--search', 'here'), /"'@here"/);
    assert.match(house.must('export', 'usage', '--days', '1'), /"'-2\+3","ada"/);
    assert.equal(house.cli('export', 'usage', '--from', 'soon').status, 1);
    assert.match(house.must('audit', 'list', '--kind', 'usage.'), /usage\.exported/);
  });
