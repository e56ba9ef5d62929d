// What is told after a form was sent, and what is written into mails, in the language of the page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, makeCode, register } from '../program/support.mjs';
import { browse, desktop, logIn, open } from './support.mjs';

test('refusals, nameless codes and mails are spoken of in German on German pages', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  house.must('aircraft', 'add', 'N12345');
  const server = await house.serve();
  const used = await makeCode(server, token, { label: 'Benutzt', max_uses: 5 });
  assert.equal((await register(server, used.code, 'ann')).status, 201);
  const mail = await makeCode(server, token, { label: 'Post', email: 'ann@example.org', name: 'Ann', expires_days: 5 });
  const page = await open(t, await browse(), { viewport: desktop, locale: 'de-DE' });
  await logIn(page, server, 'ada');
  const list = `${server.url}/admin/invite-codes/`;
  const notice = async () => (await page.textContent('main .notice')).trim();

  await page.goto(list);  // a refusal of the page itself
  await page.selectOption('[name=action]', 'delete');
  await page.click('.bulk button[type=submit]');
  assert.match(await notice(), /Nichts geschah|nichts getan|Häkchen|Kreuzen|zuerst/i);
  assert.doesNotMatch(await notice(), /Nothing|first/);
  await page.goto(`${list}${used.id}/delete/`);  // a refusal of a rule
  await page.click('main button.danger');
  assert.doesNotMatch(await notice(), /\b(has been|cannot|used|the)\b/, await notice());
  assert.match(await notice(), /[a-zäöü]{4}.*\./);

  await page.goto(`${list}${mail.id}/`);
  const letter = new URL(await page.getAttribute('.hand-out a[href^="mailto:"]', 'href'));
  assert.match(letter.searchParams.get('subject'), /^Ihre Einladung zu/);
  assert.match(letter.searchParams.get('body'), /^Guten Tag Ann,[\s\S]*Sie sind zu[\s\S]*eingeladen/);

  await call(server, 'PATCH', `/api/invite-codes/${mail.id}/`, { token, body: { label: '' } });
  await page.goto(`${list}${mail.id}/`);
  assert.doesNotMatch(await page.textContent('h1'), /^code \d/);

  await page.goto(`${server.url}/admin/users/?search=ann`);
  await page.click('tbody .cell-deeds a');
  await page.click('form[action$="/reset-link/"] button');
  const reset = new URL(await page.getAttribute('a[href^="mailto:"]', 'href'));
  assert.equal(reset.searchParams.get('subject'), 'Ihr neues Passwort');
  assert.match(reset.searchParams.get('body'), /^Wählen Sie hier ein neues Passwort: http\S+\/password-reset\//);
});

test('Ctrl K leads from an aircraft to that aircraft', async (t) => {
  const house = new Installation(t, 'sqlite');
  house.person('ada', '--superuser');
  for (const registration of ['N12345', 'N12346']) house.must('aircraft', 'add', registration);
  const server = await house.serve();
  const page = await open(t, await browse(), { viewport: desktop });
  await logIn(page, server, 'ada');
  await page.goto(server.url);
  await page.keyboard.press('Control+k');
  await page.waitForSelector('dialog .palette');
  await page.keyboard.type('n12346');
  await page.locator('dialog [data-hit]', { hasText: 'N12346' }).click();
  await page.waitForURL('**/admin/aircraft/N12346/');
  assert.equal(await page.textContent('h1'), 'N12346');
});
