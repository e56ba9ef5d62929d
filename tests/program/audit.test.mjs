// AUD-2: the audit log stays whole through crashes and on several nodes, and says so from the command line and the API.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Installation, call, databases, makeCode, register } from './support.mjs';

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Until the anchor in the data folder is at this entry or beyond it.
async function anchored(house, entry) {
  const path = join(house.data, 'audit-head');
  for (let i = 0; i < 200; ++i) {
    if (existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).position >= entry) return;
    await pause(50);
  }
  assert.fail(`the end of the log was not remembered:\n${house.log}`);
}

for (const kind of databases) {
  test(`AUD-2 on ${kind}: two nodes that are killed in the middle of a storm leave a log that is whole`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    for (let crash = 0; crash < 3; ++crash) {
      const servers = [await house.serve(), await house.serve()];
      const code = await makeCode(servers[0], token, { max_uses: 0 });
      const storm = Array.from({ length: 60 }, (_, g) => register(servers[g % 2], code.code, `guest-${crash}-${g}`).catch(() => null));
      setTimeout(() => servers[0].crash(), 150 + 300 * crash);
      await Promise.all(storm);
      if (crash > 0) await anchored(house, 1);
      await servers[1].crash();
      await servers[0].exited;
    }
    const found = JSON.parse(house.must('audit', 'verify', '--json'));
    assert.equal(found.is_whole, true);
    assert.equal(found.waiting, 0);
    assert.ok(found.entries > 30, `${found.entries} entries`);
    assert.ok(found.anchor, 'the end of the log was remembered');
    assert.match(house.must('doctor'), /ok +audit log/);
  });

  test(`AUD-2 on ${kind}: a log that is shorter than what is remembered is refused until somebody accepts it`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    for (let i = 0; i < 5; ++i) await makeCode(server, token);
    const verdict = (await call(server, 'GET', '/api/audit/verify/', { token })).json;
    assert.equal(verdict.is_whole, true);
    await anchored(house, verdict.entries);
    const path = join(house.data, 'audit-head');
    const later = { ...JSON.parse(readFileSync(path, 'utf8')), position: 5000, at: '2026-11-01T10:00:00Z' };
    writeFileSync(path, JSON.stringify(later));
    const refused = house.cli('audit', 'verify');
    assert.equal(refused.status, 1);
    assert.match(refused.err, /not whole: entry \d+, was cut: .*entry 5000 of 2026-11-01T10:00:00Z.*restored from a backup/);
    assert.match(house.cli('doctor').out, /fail +audit log/);
    for (let i = 0; i < 400 && !/does not fit what is remembered/.test(server.log); ++i) await pause(50);
    assert.match(server.log, /does not fit what is remembered/);
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), later, 'the proof is left as it is');

    house.must('audit', 'accept');
    assert.match(house.must('audit', 'verify'), /entries verified/);
    await anchored(house, 8);
    assert.match(house.must('audit', 'list', '--kind', 'audit.'), /audit\.accepted/);
  });

  test(`AUD-2, REP-2 on ${kind}: the log is listed, filtered and exported, and formulas stay texts`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    await makeCode(server, token, { label: '=1+1' });
    const text = house.must('export', 'audit', '--kind', 'code.');
    assert.match(text, /^"Id","When","Kind"/);
    assert.match(text, /"'=1\+1"/);
    const csv = await call(server, 'GET', '/api/audit/export.csv?kind=code.created', { token });
    assert.equal(csv.text.trim().split('\r\n').length, 2);
    const json = (await call(server, 'GET', '/api/audit/export.json', { token })).json;
    assert.ok(json.some((event) => event.kind === 'code.created' && event.actor === 'ada' && event.door === 'api'));
    assert.deepEqual(JSON.parse(house.must('export', 'audit', '--json', '--kind', 'nothing.')), []);
    const wrong = house.cli('audit', 'list', '--from', 'yesterday');
    assert.equal(wrong.status, 1);
    assert.match(wrong.err, /From must be a day such as 2026-11-21/);
    const erased = house.cli('user', 'erase', 'ada');
    assert.equal(erased.status, 2);
  });
}
