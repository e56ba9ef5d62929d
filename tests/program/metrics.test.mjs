// OPS-6: what Prometheus reads, read by its own tool.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { Installation, call, makeCode, register } from './support.mjs';

const promtool = spawnSync('promtool', ['--version']).error === undefined;

for (const kind of ['sqlite', 'postgres'])
  test(`OPS-6 ${kind}: the metrics of a server at work are as Prometheus wants them`, { skip: promtool ? false : 'promtool is not installed' }, async (t) => {
    const home = new Installation(t, kind);
    const token = home.person('ada', '--superuser');
    const server = await home.serve();
    const code = await makeCode(server, token);
    assert.equal((await register(server, code.code, 'ann')).status, 201);
    const answer = await call(server, 'GET', '/metrics');
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
    const done = spawnSync('promtool', ['check', 'metrics'], { input: answer.text, encoding: 'utf8' });
    assert.equal(done.status, 0, done.stdout + done.stderr);
    assert.equal(done.stdout + done.stderr, '');
  });

test('OPS-6: a token of the configuration opens the metrics, and the program never shows it', async (t) => {
  const home = new Installation(t, 'sqlite', { OSTIARY_METRICS_TOKEN: 'sesame-sesame-sesame' });
  const server = await home.serve();
  assert.equal((await call(server, 'GET', '/metrics')).status, 401);
  assert.equal((await call(server, 'GET', '/metrics', { token: 'sesame-sesame-sesame' })).status, 200);
  assert.ok(!home.log.includes('sesame'));
  const short = new Installation(t, 'sqlite', { OSTIARY_METRICS_TOKEN: 'short' }).cli('doctor');
  assert.equal(short.status, 2, short.err);
  assert.match(short.err, /OSTIARY_METRICS_TOKEN/);
});
