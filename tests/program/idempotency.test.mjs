// The same request again and again, while the program is killed (API-3, REG-6, REG-7).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, databases, makeCode, register, uses } from './support.mjs';

const pause = (ms) => new Promise((go) => setTimeout(go, ms));

// A serving process that is started again whenever it was killed; requests go on until they are answered.
class Undying {
  constructor(house) {
    this.house = house;
  }
  async start() {
    this.server = await this.house.serve();
  }
  async crash() {
    const dying = this.server;
    await dying.crash();
    this.server = await this.house.serve();
  }
  async ask(...request) {
    for (let tries = 0; tries < 600; ++tries) {
      const answer = await call(this.server, ...request).catch(() => null);
      if (answer && answer.status !== 409 && answer.status < 500) return answer;
      await pause(20);
    }
    throw new Error('never answered');
  }
}

for (const kind of databases) {
  test(`API-3 on ${kind}: 1,000 redemptions with 200 keys and two crashes are 200, and each key has one answer`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const undying = new Undying(house);
    await undying.start();
    const codes = await Promise.all(Array.from({ length: 4 }, () => makeCode(undying.server, token, { max_uses: 0 })));
    const answers = new Map();
    let answered = 0;
    const asking = Array.from({ length: 1000 }, async (_, n) => {
      const key = n % 200;
      await pause(Math.floor(n / 4));
      const answer = await undying.ask('POST', '/api/redemptions/', {
        token,
        body: { code: codes[key % 4].code, subject: `person-${key}` },
        headers: { 'idempotency-key': `key-${key}` },
      });
      ++answered;
      assert.equal(answer.status, 201, answer.text);
      if (!answers.has(key)) answers.set(key, new Set());
      answers.get(key).add(answer.text);
    });
    for (let crash = 1; crash <= 2; ++crash) {
      while (answered < 300 * crash) await pause(1);
      await undying.crash();
    }
    await Promise.all(asking);
    assert.equal(answers.size, 200);
    for (const [key, texts] of answers) assert.equal(texts.size, 1, `key ${key} got ${[...texts].join(' and ')}`);
    let counted = 0;
    for (const code of codes) counted += await uses(undying.server, token, code.id);
    assert.equal(counted, 200);
    assert.match(house.must('doctor'), /ok/i);
  });

  test(`API-3 on ${kind}: codes made with a key are made once, through crashes and on two nodes`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    const undying = new Undying(house);
    await undying.start();
    const made = new Map();
    let answered = 0;
    const asking = Array.from({ length: 200 }, async (_, n) => {
      const key = n % 40;
      await pause(n * 2);
      const answer = await undying.ask('POST', '/api/invite-codes/', { token, body: { label: `wave ${key}` }, headers: { 'idempotency-key': `k${key}` } });
      ++answered;
      assert.equal(answer.status, 201, answer.text);
      if (!made.has(key)) made.set(key, new Set());
      made.get(key).add(answer.json.data.id);
    });
    for (let crash = 1; crash <= 2; ++crash) {
      while (answered < 60 * crash) await pause(1);
      await undying.crash();
    }
    await Promise.all(asking);
    for (const ids of made.values()) assert.equal(ids.size, 1);
    const other = await house.serve();
    const again = await call(other, 'POST', '/api/invite-codes/', { token, body: { label: 'wave 7' }, headers: { 'idempotency-key': 'k7' } });
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.deepEqual([...made.get(7)], [again.json.data.id]);
    const all = await call(other, 'GET', '/api/invite-codes/?count=true', { token });
    assert.equal(all.json.count, 40);
  });

  test(`API-8 on ${kind}: wrong guesses are known to the other node and after a crash, and never shut out who is invited`, async (t) => {
    const house = new Installation(t, kind, { OSTIARY_LIMITS: 'on', OSTIARY_TRUSTED_PROXIES: '127.0.0.1' });
    const token = house.person('ada', '--superuser');
    const one = await house.serve();
    const guess = (server, address, code) =>
      call(server, 'POST', '/api/invite-codes/validate/', { body: { code }, headers: { 'x-forwarded-for': address } });
    let answer;
    for (let n = 0; n < 31; ++n) answer = await guess(one, '198.51.100.1', `NEVER${n}`);
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get('retry-after')) >= 1);
    assert.match(answer.headers.get('content-type'), /json/);
    await pause(12_500);  // the first exchange comes ten seconds after the start, then one each second
    const two = await house.serve();
    let granted = 0;
    while ((await guess(two, '198.51.100.1', 'NEVER')).status === 200) ++granted;
    assert.ok(granted < 5, `${granted} more guesses than what has come back since`);
    assert.equal((await guess(two, '198.51.100.2', 'NEVER')).status, 200, 'somebody else');
    await one.crash();
    const code = await makeCode(two, token);
    for (let n = 0; n < 70; ++n) await guess(two, `203.0.113.${n}`, 'ABCD2345');
    assert.equal((await guess(two, '203.0.113.1', 'ABCD2345')).status, 429, 'the target is guarded');
    const invited = await register(two, code.code, 'ann', { 'x-forwarded-for': '192.0.2.77' });
    assert.equal(invited.status, 201, invited.text);
  });
}
