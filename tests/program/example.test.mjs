// The worked example of API-3: an application of its own becomes invite-only through one call.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { Installation, databases, makeCode, uses } from './support.mjs';

const club = new URL('../../examples/members-club/club.mjs', import.meta.url).pathname;

async function openClub(t, server, token) {
  const env = { ...process.env, OSTIARY_URL: server.url, OSTIARY_TOKEN: token, PORT: '0' };
  const child = spawn(process.execPath, [club], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const said = await new Promise((heard) => child.stdout.once('data', heard));
  const url = String(said).match(/http:\/\/[\d.:]+/)[0];
  return async (name, code) => {
    const body = new URLSearchParams({ name, email: `${name}@example.org`, code });
    const answer = await fetch(`${url}/join`, { method: 'POST', body });
    return { status: answer.status, text: await answer.text() };
  };
}

for (const kind of databases)
  test(`API-3: the members' club lets in whoever has a code, and each once, on ${kind}`, async (t) => {
    const house = new Installation(t, kind);
    const ada = house.person('ada', '--superuser');
    house.person('club', '--staff');
    const token = house.must('token', 'create', '--user', 'club', '--scopes', 'redeem').match(/ost_[\w-]+/)[0];
    const server = await house.serve();
    const code = await makeCode(server, ada, { max_uses: 2, role: 'staff', task_group: 'cleaning' });
    const join = await openClub(t, server, token);

    const ann = await join('ann', code.code.toLowerCase());
    assert.equal(ann.status, 201, ann.text);
    assert.match(ann.text, /as staff in cleaning/);
    assert.match((await join('bob', 'WRONG123')).text, /Invalid invite code/);
    assert.equal((await join('bob', code.code)).status, 201);
    const late = await join('cyd', code.code);
    assert.equal(late.status, 400);
    assert.match(late.text, /Invalid invite code/);
    assert.match(late.text, /value="cyd"/, 'nothing typed is lost');
    assert.equal(await uses(server, ada, code.id), 2);

    // The club forgets everybody, as after a crash before it wrote them down: ann is let in again, and not counted again.
    const joinAgain = await openClub(t, server, token);
    assert.equal((await joinAgain('ann', code.code)).status, 201);
    assert.equal(await uses(server, ada, code.id), 2);

    await server.stop();
    assert.equal((await joinAgain('dan', code.code)).status, 503);
  });
