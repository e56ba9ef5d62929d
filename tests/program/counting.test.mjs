// Counted exactly once, through the real program: many guests at once, from one process and from two,
// through crashes and through changes of the same code (REG-6, CODE-9).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, databases, makeCode, register, uses } from './support.mjs';

// Every guest knocks once, all at the same time; who is let in, and what the others are told.
async function storm(servers, token, codes, guestsPerCode) {
  const knocks = codes.flatMap((code, c) =>
    Array.from({ length: guestsPerCode }, (_, g) => register(servers[g % servers.length], code.code, `guest-${c}-${g}`)));
  const answers = await Promise.all(knocks);
  const welcomed = answers.filter((answer) => answer.status === 201);
  for (const answer of answers.filter((a) => a.status !== 201)) {
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.json.error, 'Invalid invite code');
  }
  return welcomed.length;
}

for (const kind of databases) {
  test(`REG-6 on ${kind}: 20 single-use codes and 12 guests for each let exactly 20 in`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const codes = await Promise.all(Array.from({ length: 20 }, () => makeCode(server, token)));
    assert.equal(await storm([server], token, codes, 12), 20);
    for (const code of codes) assert.equal(await uses(server, token, code.id), 1);
  });

  test(`REG-6 on ${kind}: 10 codes of 5 uses and 20 guests for each let exactly 50 in`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const codes = await Promise.all(Array.from({ length: 10 }, () => makeCode(server, token, { max_uses: 5 })));
    assert.equal(await storm([server], token, codes, 20), 50);
    for (const code of codes) assert.equal(await uses(server, token, code.id), 5);
  });

  test(`REG-6 on ${kind}: two processes on one database count as one`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const servers = [await house.serve(), await house.serve()];
    const single = await Promise.all(Array.from({ length: 20 }, () => makeCode(servers[0], token)));
    const several = await Promise.all(Array.from({ length: 10 }, () => makeCode(servers[1], token, { max_uses: 5 })));
    assert.equal(await storm(servers, token, single, 12), 20);
    for (const code of single) assert.equal(await uses(servers[1], token, code.id), 1);
    const welcomed = await Promise.all(several.flatMap((code, c) =>
      Array.from({ length: 20 }, (_, g) => register(servers[g % 2], code.code, `other-${c}-${g}`))));
    assert.equal(welcomed.filter((answer) => answer.status === 201).length, 50);
    for (const code of several) assert.equal(await uses(servers[0], token, code.id), 5);
  });

  test(`REG-6 on ${kind}: whoever was welcomed before a crash is there after it`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    let server = await house.serve();
    const codes = await Promise.all(Array.from({ length: 4 }, () => makeCode(server, token, { max_uses: 0 })));
    const welcomed = [];
    for (let crash = 0; crash < 3; ++crash) {
      const storming = codes.flatMap((code, c) => Array.from({ length: 30 }, async (_, g) => {
        const name = `guest-${crash}-${c}-${g}`;
        const answer = await register(server, code.code, name).catch(() => null);
        if (answer?.status === 201) welcomed.push(name);
      }));
      setTimeout(() => server.crash(), 60 + 60 * crash);
      await Promise.all(storming);
      await server.exited;
      server = await house.serve();
    }
    assert.ok(welcomed.length > 0, 'the storm was cut before anybody was welcomed');
    const names = new Set();
    let cursor = '';
    do {
      const page = (await call(server, 'GET', `/api/users/?page_size=100&cursor=${cursor}`, { token })).json;
      for (const user of page.results) names.add(user.username);
      cursor = page.next ?? '';
    } while (cursor);
    for (const name of welcomed) assert.ok(names.has(name), `${name} was welcomed and is gone`);
    let counted = 0;
    for (const code of codes) counted += await uses(server, token, code.id);
    assert.equal(counted, names.size - 1);  // everybody but ada came through a code
    assert.match(house.must('doctor'), /ok/i);
  });

  test(`CODE-9 on ${kind}: revoke, edit and redeem race, and nobody gets in after the revoke was acknowledged`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    for (let round = 0; round < 40; ++round) {
      const code = await makeCode(server, token, { max_uses: 1000 });
      let revokedAt = Infinity;
      let highest = 0;
      const guests = Array.from({ length: 60 }, async (_, g) => {
        await new Promise((go) => setTimeout(go, g % 12));
        const asked = performance.now();
        const answer = await call(server, 'POST', '/api/redemptions/', { token, body: { code: code.code, subject: `s-${g}` } });
        if (answer.status === 201) assert.ok(asked < revokedAt, 'let in after the revoke was acknowledged');
        else assert.equal(answer.json.error, 'Invalid invite code');
      });
      const watching = Array.from({ length: 10 }, async (_, i) => {
        await new Promise((go) => setTimeout(go, i));
        const edit = await call(server, 'PATCH', `/api/invite-codes/${code.id}/`, { token, body: { notes: `edit ${i}` } });
        assert.ok([200, 409].includes(edit.status), edit.text);
      });
      const counting = (async () => {
        for (let i = 0; i < 15; ++i) {
          const now = (await call(server, 'GET', `/api/invite-codes/${code.id}/`, { token })).json.used_count;
          assert.ok(now >= highest, `the counter went back from ${highest} to ${now}`);
          highest = now;
        }
      })();
      await new Promise((go) => setTimeout(go, 4 + (round % 4)));
      const revoked = await call(server, 'POST', `/api/invite-codes/${code.id}/revoke/`, { token });
      revokedAt = performance.now();
      assert.equal(revoked.status, 200);
      await Promise.all([...guests, ...watching, counting]);
      await uses(server, token, code.id);
      assert.equal((await call(server, 'GET', `/api/invite-codes/${code.id}/`, { token })).json.is_active, false);
    }
  });
}
