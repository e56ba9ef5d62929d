// APPR-1 in a real browser: a guest asks for an invitation on a phone, without scripts and in German, and somebody decides.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call } from '../program/support.mjs';
import { mailServer, read } from '../program/smtp.mjs';
import { colours, everything, violations } from './examine.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

const settings = { OSTIARY_REQUESTS_OPEN: 'on', OSTIARY_REQUESTS_TASK_GROUPS: 'on' };

async function ask(page, server, email) {
  await page.goto(`${server.url}/login/`);
  await page.click('main a[href="/request-invitation/"]');
  await page.fill('[name=name]', 'Una Uhu');
  await page.fill('[name=email]', email);
  await page.fill('[name=message]', 'Ann told me of you');
  await page.selectOption('[name=task_group]', 'cleaning');
  await page.click('main form:has([name=email]) button[type=submit]');
  await page.waitForLoadState();
}

async function inspect(page) {
  for (const viewport of [phone, desktop])
    for (const [colorScheme, rules] of [['light', everything], ['dark', colours]]) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      assert.deepEqual(await violations(page, rules), []);
    }
}

test('APPR-1: a guest without JavaScript asks in German, and is mailed once somebody accepts', async (t) => {
  const smtp = await mailServer(t, () => undefined);
  const house = new Installation(t, 'sqlite', {
    ...settings, OSTIARY_MAIL_SERVER: smtp.url, OSTIARY_MAIL_FROM: 'invite@ostiary.test', OSTIARY_BASE_URL: 'http://invite.ostiary.test',
  });
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const guest = await open(t, await browse(t), { viewport: phone, javaScriptEnabled: false, locale: 'de-DE' });
  await ask(guest, server, 'una@example.org');
  assert.match(await guest.innerText('h1'), /Ihre Anfrage ist unterwegs/);
  await ask(guest, server, 'UNA@example.org');  // the same words
  assert.match(await guest.innerText('h1'), /Ihre Anfrage ist unterwegs/);
  assert.equal(smtp.got.length, 0);

  const page = await open(t, await browse(t), { viewport: phone });
  await logIn(page, server, 'ada');
  await page.goto(`${server.url}/admin/`);
  await page.click('text=1 person asks for an invitation');
  await inspect(page);
  await page.setViewportSize(phone);
  await page.getByRole('link', { name: 'Una Uhu', exact: true }).click();
  await page.waitForSelector('#accept');
  assert.match(await page.innerText('main'), /2 times/);
  assert.equal(await page.inputValue('#accept [name=template]'), 'New Employee');
  assert.equal(await page.inputValue('#accept [name=task_group]'), 'cleaning');
  await inspect(page);
  await page.fill('#accept [name=message]', 'Come and see');
  await page.click('#accept button[type=submit]');
  await page.waitForURL(/invite-codes/);
  assert.match(await page.innerText('main, .notice >> nth=0'), /una@example\.org/);
  for (let i = 0; i < 100 && smtp.got.length === 0; ++i) await new Promise((done) => setTimeout(done, 100));
  assert.equal(smtp.got.length, 1);
  const mail = read(smtp.got[0]);
  assert.ok(mail.text.includes('Come and see'));
  assert.match(mail.text, /Einladung|lädt/);
  const { results } = (await call(server, 'GET', '/api/requests/?state=accepted', { token })).json;
  assert.equal(results[0].decided_by, 'ada');
});

test('APPR-1: a manager declines with a reason, and a quota says what is left', async (t) => {
  const house = new Installation(t, 'sqlite', { ...settings, OSTIARY_QUOTA_CODES: '3' });
  house.person('ada', '--superuser');
  house.person('max', '--role', 'manager', '--task-group', 'cleaning');
  const server = await house.serve();
  const guest = await open(t, await browse(t), { viewport: desktop });
  await ask(guest, server, 'una@example.org');
  const page = await open(t, await browse(t), { viewport: desktop });
  await logIn(page, server, 'max');
  await page.goto(`${server.url}/manager/approvals/`);
  await page.getByRole('link', { name: 'Una Uhu', exact: true }).click();
  await page.fill('#decline [name=reason]', 'We are enough');
  await page.click('#decline button[type=submit]');
  await page.waitForURL(`${server.url}/manager/approvals/`);
  assert.match(await page.innerText('body'), /The request of Una Uhu is declined/);
  await page.goto(`${server.url}/manager/approvals/?show=declined`);
  await page.getByRole('link', { name: 'Una Uhu', exact: true }).click();
  assert.match(await page.innerText('main'), /We are enough/);
  await page.goto(`${server.url}/manager/create-invite-code/`);
  assert.match(await page.innerText('#quota'), /You may have 3 live codes: 0 are live, 3 more are possible/);
  await inspect(page);
  assert.match(house.must('user', 'quota', 'max', '--codes', '7'), /7/);
  assert.match(house.must('request', 'list', '--state', 'declined'), /una@example\.org/);
  await ask(guest, server, 'bob@example.org');
  const [{ id }] = JSON.parse(house.must('request', 'list', '--json')).results;
  assert.match(house.must('request', 'show', `${id}`), /Ann told me of you/);
  assert.match(house.must('request', 'accept', `${id}`, '--template', 'New Employee'), /\/register\//);
  const late = house.cli('request', 'decline', `${id}`);
  assert.equal(late.status, 1);
  assert.match(late.err, /decided/);
});
