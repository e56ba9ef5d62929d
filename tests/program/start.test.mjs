// Starting, stopping, and what is left behind (OPS-1, OPS-2, OPS-7, CODE-2, REG-2).

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Installation, call, databases, makeCode, program, register, uses } from './support.mjs';

function emptyFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'ostiary-first-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('OPS-2: a first start in an empty folder needs nothing and offers the first superuser a link', async (t) => {
  const folder = emptyFolder(t);
  const child = spawn(program, ['serve', '--listen', '127.0.0.1:0'], { cwd: folder });
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  await new Promise((ready, fail) => {
    const deadline = setTimeout(() => fail(new Error(said)), 20_000);
    const hear = (chunk) => {
      said += chunk;
      if (/\/register\/[\w-]{22,}\//.test(said)) clearTimeout(deadline), ready();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
  const base = said.match(/http:\/\/127\.0\.0\.1:\d+/)[0];
  assert.equal((await fetch(`${base}/healthz`)).status, 200);
  assert.equal((await fetch(`${base}/readyz`)).status, 200);
  const link = said.match(/http:\/\/[^\s]+\/register\/[\w-]+\//)[0];
  const page = await fetch(link);
  assert.equal(page.status, 200);
  assert.equal(statSync(join(folder, 'data/ostiary.key')).mode & 0o777, 0o600);  // CODE-2
  assert.ok(existsSync(join(folder, 'data/ostiary.db')));
  child.kill('SIGTERM');
  const [code] = await new Promise((done) => child.once('exit', (...how) => done(how)));
  assert.equal(code, 0);
});

for (const [name, text] of [
  ['an unknown key', 'listne = "127.0.0.1:0"\n'],
  ['a wrong value', '[codes]\nlength = "long"\n'],
  ['no TOML at all', 'listen = = 3\n'],
]) {
  test(`OPS-2: a configuration with ${name} is one clear sentence and exit 2`, (t) => {
    const folder = emptyFolder(t);
    const file = join(folder, 'broken.toml');
    writeFileSync(file, text);
    const done = spawnSync(program, ['serve', '--config', file, '--data', join(folder, 'data')], { encoding: 'utf8', timeout: 20_000 });
    assert.equal(done.status, 2, done.stderr);
    assert.match(done.stderr, /broken\.toml/);
    assert.ok(done.stderr.trim().split('\n').length <= 3, done.stderr);
  });
}

test('OPS-7: a stop finishes what was accepted', async (t) => {
  const house = new Installation(t, 'sqlite', { OSTIARY_PASSWORDS_MEMORY_KIB: '65536', OSTIARY_PASSWORDS_PASSES: '3' });
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const code = await makeCode(server, token, { max_uses: 0 });
  const asked = [register(server, code.code, 'ann'), register(server, code.code, 'bob')];
  await new Promise((go) => setTimeout(go, 60));
  const stopped = server.stop();
  for (const answer of await Promise.all(asked)) assert.equal(answer.status, 201, answer.text);
  assert.equal((await stopped).code, 0);
});

for (const kind of databases) {
  test(`CODE-2 on ${kind}: no code, link, token or password stands in the database or the log`, async (t) => {
    const house = new Installation(t, kind, { OSTIARY_LOG_LEVEL: 'debug' });
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const secrets = [token];
    for (let i = 0; i < 5; ++i) {
      const code = await makeCode(server, token, { max_uses: 2, label: `visible label ${i}` });
      secrets.push(code.code, code.registration_url.match(/register\/([\w-]+)\//)[1]);
      await call(server, 'GET', new URL(code.registration_url).pathname);
      assert.equal((await register(server, code.code, `guest${i}`)).status, 201);
      await register(server, code.code, `guest${i}`);
      await call(server, 'GET', `/api/invite-codes/explain/?code=${code.code}`, { token });
      await call(server, 'GET', `/register/?code=${code.code}`);
    }
    await server.stop();
    const stored = house.everyByteStored();
    assert.ok(stored.includes('visible label 3'), 'the search itself does not work');
    secrets.push('Heron-4-breakfast!');
    for (const secret of secrets) {
      assert.ok(!stored.includes(secret), `${secret} stands in the database`);
      assert.ok(!house.log.includes(secret), `${secret} stands in the log`);
    }
  });

  test(`REG-2 on ${kind}: link previewers open a link a thousand times and nothing changes`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const code = await makeCode(server, token);
    const path = new URL(code.registration_url).pathname;
    const agents = ['Slackbot-LinkExpanding 1.0', 'WhatsApp/2.23', 'facebookexternalhit/1.1', 'Twitterbot/1.0', 'Mozilla/5.0 (compatible; MSIE 9.0; Outlook)'];
    const before = (await call(server, 'GET', `/api/invite-codes/${code.id}/`, { token })).text;
    for (let i = 0; i < 1000; i += 50) {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, k) =>
        call(server, k % 2 ? 'HEAD' : 'GET', path, { headers: { 'user-agent': agents[k % agents.length] } })));
      for (const answer of answers) {
        assert.equal(answer.status, 200);
        assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
        assert.match(answer.headers.get('cache-control'), /no-store/);
      }
    }
    assert.equal((await call(server, 'GET', `/api/invite-codes/${code.id}/`, { token })).text, before);
    assert.equal(await uses(server, token, code.id), 0);
    assert.equal((await register(server, code.code, 'ann')).status, 201);
  });
}
