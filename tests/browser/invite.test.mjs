// BULK-3: a list of people is pasted, looked at, invited, followed while they join, and the rest reminded or shut out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, register } from '../program/support.mjs';
import { mailServer } from '../program/smtp.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

const list = 'Name;Email\nAnn Amsel;ann@example.org\nBob;bob@example.org\nnobody at all\ncec@example.org\nann@example.org\n';

for (const javaScriptEnabled of [true, false])
  test(`BULK-3: invited, reminded and shut out, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const smtp = await mailServer(t);
    const house = new Installation(t, 'sqlite', {
      OSTIARY_MAIL_SERVER: smtp.url, OSTIARY_MAIL_FROM: 'invite@ostiary.test', OSTIARY_BASE_URL: 'http://invite.ostiary.test',
    });
    const token = house.person('ada', '--name', 'Ada Amsel', '--superuser');
    const server = await house.serve();
    const page = await open(t, await browse(), { viewport: javaScriptEnabled ? phone : desktop, javaScriptEnabled });
    await logIn(page, server, 'ada');
    await page.goto(`${server.url}/admin/invite-codes/`);
    await page.getByRole('link', { name: 'Invite a list' }).click();
    await page.fill('[name=people]', list);
    await page.selectOption('[name=role]', 'viewer');
    await page.fill('[name=message]', 'See you soon');
    await page.getByRole('button', { name: 'Look at the list' }).click();
    await page.waitForLoadState();
    assert.equal(await page.textContent('h1'), 'Invite 3 people?');
    assert.match(await page.textContent('main'), /nobody at all[\s\S]*in line 4: this is no address/);
    await page.getByRole('button', { name: 'Invite 3 people' }).click();
    await page.waitForURL(/\/batches\//);
    const shown = () => page.locator('#invited').innerText();
    const until = async (pattern) => {
      for (let i = 0; i < 100; ++i) {
        if (pattern.test(await shown())) return;
        await new Promise((done) => setTimeout(done, 100));
        if (!javaScriptEnabled) await page.reload();
      }
      assert.fail(`never ${pattern}:\n${await shown()}`);
    };
    await until(/Ann Amsel[\s\S]*Invited[\s\S]*Bob[\s\S]*Invited/);
    assert.equal(smtp.got.length, 3);

    const { results } = (await call(server, 'GET', '/api/invite-codes/?role=viewer', { token })).json;
    const bob = results.find((code) => code.email === 'bob@example.org');
    assert.equal((await register(server, bob.code, 'bob')).status, 201);
    await until(/Bob[\s\S]*Joined/);  // with scripts by itself
    await page.fill('#remind [name=message]', 'Do come');
    await page.getByRole('button', { name: 'Remind 2 people' }).click();
    await page.waitForURL(/\/batches\//);
    for (let i = 0; i < 100 && smtp.got.length < 5; ++i) await new Promise((done) => setTimeout(done, 100));
    assert.equal(smtp.got.length, 5);

    await page.getByRole('button', { name: 'Deactivate the rest' }).click();
    await page.getByRole('button', { name: /^Deactivate 2/ }).click();
    await page.waitForLoadState();
    const left = (await call(server, 'GET', '/api/invite-codes/?role=viewer&status=usable', { token })).json.results;
    assert.equal(left.length, 0);
  });

test('BULK-3, LIVE-1: the page follows while forty people join at once', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const people = Array.from({ length: 40 }, (_, i) => `guest-${i}@example.org`);
  const { batch } = (await call(server, 'POST', '/api/invite-codes/invite/', { token, body: { people } })).json.data;
  const page = await open(t, await browse(), { viewport: desktop });
  await logIn(page, server, 'ada');
  await page.goto(`${server.url}/admin/invite-codes/batches/${batch}/`);
  const joined = async () => Number(await page.locator('.invite-figures li', { hasText: 'Joined' }).locator('.figure-number').textContent());
  assert.equal(await joined(), 0);
  const codes = (await call(server, 'GET', '/api/invite-codes/?page_size=100', { token })).json.results;
  await Promise.all(codes.map((code) => register(server, code.code, code.email.split('@')[0]).then((answer) => assert.equal(answer.status, 201))));
  for (let i = 0; i < 60 && (await joined()) < 40; ++i) await new Promise((done) => setTimeout(done, 100));
  assert.equal(await joined(), 40);
});
