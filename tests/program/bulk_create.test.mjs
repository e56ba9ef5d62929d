// Thousands of codes at once, and a program that is killed while it makes them (BULK-1).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as later } from 'node:timers/promises';
import { Installation, call, databases, makeCode, register } from './support.mjs';

const many = 10_000;
const bulk = (server, token, count) =>
  call(server, 'POST', '/api/invite-codes/bulk/', { token, body: { action: 'create', count, label: 'Open day', tags: ['open'] } });
const counted = async (server, token) => (await call(server, 'GET', '/api/invite-codes/?page_size=1&count=true', { token })).json.count;

for (const kind of databases) {
  test(`${kind}: a kill -9 in the middle of making ten thousand codes leaves all of them or none`, async (t) => {
    const house = new Installation(t, kind);
    const ada = house.person('ada', '--superuser');
    let server = await house.serve();
    for (const patience of [40, 200, 500, 1000, 2000, 3000]) {
      const before = await counted(server, ada);
      const answer = bulk(server, ada, many).then((done) => done.status, () => 0);
      await later(patience);
      await server.crash();
      const status = await answer;
      server = await house.serve();
      const made = (await counted(server, ada)) - before;
      assert.ok(made === 0 || made === many, `${made} codes are there`);
      if (status === 200) assert.equal(made, many);
      t.diagnostic(`killed after ${patience} ms: ${made} codes`);
    }
  });

  test(`${kind}: ten thousand codes take seconds, and people join meanwhile`, async (t) => {
    const house = new Installation(t, kind);
    const ada = house.person('ada', '--superuser');
    const server = await house.serve();
    const open = await makeCode(server, ada, { max_uses: 0 });
    const begun = performance.now();
    let is_done = false;
    const made = bulk(server, ada, many).then((done) => { is_done = true; return done; });
    const waits = [];
    for (let guest = 0; !is_done; ++guest) {
      const asked = performance.now();
      assert.equal((await register(server, open.code, `guest-${guest}`)).status, 201);
      waits.push(performance.now() - asked);
    }
    const answer = await made;
    const took = performance.now() - begun;
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    assert.equal(answer.json.ids.length, many);
    t.diagnostic(`${Math.round(took)} ms; whoever joined meanwhile waited ${Math.round(Math.max(...waits))} ms at most`);
    assert.ok(took < 60_000, `${took} ms`);
  });
}
