// docs/api.md does what it says.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Installation, call, password } from './support.mjs';

const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

async function bash(script) {
  const child = spawn('bash', ['-euc', script]);
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const status = await new Promise((done) => child.once('close', done));
  return { status, out };
}

test('API-2: the five calls of docs/api.md lead from nothing to a registered account', async (t) => {
  const house = new Installation(t, 'sqlite');
  const ada = house.person('ada', '--superuser');
  const server = await house.serve();
  const block = page.match(/```sh\n([\s\S]*?)```/)[1];
  assert.equal(block.match(/curl /g).length, 5);
  assert.ok(block.includes(password), 'the page logs in as the test does');
  const { status, out } = await bash(block.replace('http://127.0.0.1:8080', server.url));
  assert.equal(status, 0);
  assert.match(out, /"valid":true,"role":"staff","task_group":"cleaning"/);
  assert.match(out, /"username":"bob","name":"Bob Baker","email":"bob@example.org","role":"staff"/);
  assert.match(out, /"aircraft_access":\[{"aircraft":"N12345","role":"pilot"}\]/);
  const [code] = (await call(server, 'GET', '/api/invite-codes/', { token: ada })).json.results;
  assert.deepEqual([code.used_count, code.status], [1, 'exhausted']);
});
