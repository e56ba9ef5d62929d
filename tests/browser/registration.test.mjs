// A guest with a phone, in a real browser (REG-1, REG-3, REG-8), and who then sees that they came.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, databases, makeCode, password, uses } from '../program/support.mjs';
import { examine } from './examine.mjs';
import { browse, desktop, listen, logInByForm, open, phone } from './support.mjs';

async function fillForm(page, username) {
  await page.fill('[name=username]', username);
  if (await page.isEditable('[name=email]')) await page.fill('[name=email]', `${username}@example.org`);
  await page.fill('[name=password]', password);
  await page.fill('[name=password_confirm]', password);
}

async function house(t, kind) {
  const installation = new Installation(t, kind);
  const token = installation.person('ada', '--superuser');
  installation.person('sam', '--staff');
  installation.must('aircraft', 'add', 'N12345');
  return { installation, token, server: await installation.serve() };
}

for (const kind of databases) {
  test(`REG-8 on ${kind}: a guest opens the link on a phone, registers, and sees what was granted`, async (t) => {
    const { token, server } = await house(t, kind);
    const code = await makeCode(server, token, {
      role: 'staff', task_group: 'cleaning', max_uses: 5, expires_days: '30', notes: 'API created code',
      aircraft_roles: [{ aircraft: 'N12345', role: 'pilot' }],
    });
    const browser = await browse();
    const page = await open(t, browser, { viewport: phone, hasTouch: true, isMobile: true });
    await page.goto(server.url + new URL(code.registration_url).pathname);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'scrolls sideways');
    await fillForm(page, 'ann');
    await page.click('main button[type=submit]');
    await page.waitForURL('**/welcome/');
    const welcome = await page.textContent('main');
    for (const granted of ['Staff', 'Cleaning', 'N12345', 'ilot']) assert.ok(welcome.includes(granted), `${granted} is not in: ${welcome}`);
    assert.equal(await uses(server, token, code.id), 1);

    const office = await open(t, browser, { viewport: desktop });
    await logInByForm(office, server, 'ada');
    await office.goto(`${server.url}/admin/invite-codes/${code.id}/`);
    const detail = await office.textContent('main');
    assert.match(detail, /1 \/ 5/);
    assert.match(detail, /ann/);
  });

  test(`REG-1 on ${kind}: a guest types the short code, without JavaScript`, async (t) => {
    const { token, server } = await house(t, kind);
    const code = await makeCode(server, token, { code: 'SPRING-26', email: 'ann@example.org', name: 'Ann Amsel' });
    const browser = await browse();
    const page = await open(t, browser, { javaScriptEnabled: false });
    await page.goto(`${server.url}/register/`);
    await page.fill('[name=code]', 'spring 26');
    await page.click('main button[type=submit]');
    assert.equal(await page.inputValue('[name=email]'), 'ann@example.org');  // REG-3
    assert.equal(await page.inputValue('[name=name]'), 'Ann Amsel');
    await fillForm(page, 'ann');
    await page.click('main button[type=submit]');
    await page.waitForURL('**/welcome/');
    assert.equal(await uses(server, token, code.id), 1);
  });

  test(`REG-5 on ${kind}: what is wrong stands beside its field and what was typed is kept`, async (t) => {
    const { token, server } = await house(t, kind);
    const code = await makeCode(server, token);
    const browser = await browse();
    const page = await open(t, browser, { javaScriptEnabled: false });
    await page.goto(server.url + new URL(code.registration_url).pathname);
    await fillForm(page, 'ADA');
    await page.fill('[name=password_confirm]', 'something else');
    await page.click('main button[type=submit]');
    const told = await page.textContent('main');
    assert.match(told, /Username already exists/);
    assert.match(told, /differ/);
    assert.equal(await page.inputValue('[name=username]'), 'ADA');
    assert.equal(await page.inputValue('[name=password]'), '');
    assert.equal(await uses(server, token, code.id), 0);
  });

  test(`REG-4 on ${kind}: a bad link says Invalid invite code and no more`, async (t) => {
    const { token, server } = await house(t, kind);
    const code = await makeCode(server, token);
    await fetch(`${server.url}/api/invite-codes/${code.id}/revoke/`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    const browser = await browse();
    const page = await open(t, browser);
    const told = [];
    for (const path of [new URL(code.registration_url).pathname, '/register/AAAAAAAAAAAAAAAAAAAAAA/']) {
      await page.goto(server.url + path);
      told.push(await page.textContent('main'));
      assert.match(told.at(-1), /Invalid invite code/);
    }
  });

  test(`MNG-2 on ${kind}: a staff member makes a code in /manage/ and it appears as Active`, async (t) => {
    const { server } = await house(t, kind);
    const browser = await browse();
    const page = await open(t, browser, { viewport: desktop });
    await logInByForm(page, server, 'sam');
    await page.goto(`${server.url}/manage/invitations/`);
    await page.click('text=New Invitation Code');
    await page.fill('[name=label]', 'Club XYZ - Spring 2026');
    await page.click('button:has-text("Create Code")');
    await page.goto(`${server.url}/manage/invitations/`);
    const list = await page.textContent('main');
    assert.match(list, /Club XYZ - Spring 2026/);
    assert.match(list, /Active/);
    assert.match(list, /∞/);  // MNG-1: max uses was left blank
    await page.goto(`${server.url}/admin/invite-codes/`);
    assert.match(await page.textContent('main'), /permission/i);  // PERM-3
  });
}

test('REG-5: while one types, the form tells how good the password is and whether both are the same', async (t) => {
  const { token, server } = await house(t, 'sqlite');
  const code = await makeCode(server, token);
  const page = await open(t, await browse());
  await page.goto(server.url + new URL(code.registration_url).pathname);
  const live = (name) => page.locator(`.field:has([name=${name}]) .live`);
  await page.fill('[name=username]', 'marianne');
  for (const [typed, told] of [['short', /at least 8 characters/], ['password', /too common/], ['marianne', /must not be the username/],
                               [password, /good password/]]) {
    await page.fill('[name=password]', '');
    await page.locator('[name=password]').pressSequentially(typed);
    await live('password').getByText(told).waitFor();
  }
  await page.locator('[name=password_confirm]').pressSequentially('Heron');
  await live('password_confirm').getByText('The passwords differ.').waitFor();
  await page.locator('[name=password_confirm]').pressSequentially(password.slice(5));
  await live('password_confirm').getByText('The passwords match.').waitFor();
  await examine(page, 'what is checked while one types');
});

test('REG-5: a judgement that does not come while one types changes nothing, and loses nothing', async (t) => {
  const { token, server } = await house(t, 'sqlite');
  const code = await makeCode(server, token);
  const { page } = await listen(await browse());  // the script complains of it, rightly
  t.after(() => page.context().close());
  // As when it arrives after the form was sent, or too often.
  await page.route('**/password-check/', (route) => route.fulfill({ status: 403, body: 'no' }));
  const address = server.url + new URL(code.registration_url).pathname;
  await page.goto(address);
  const asked = page.waitForResponse('**/password-check/');
  await fillForm(page, 'ann');
  await asked;
  await page.waitForTimeout(300);
  assert.equal(page.url(), address);
  assert.equal(await page.inputValue('[name=username]'), 'ann');
  await page.click('main button[type=submit]');
  await page.waitForURL('**/welcome/');
});

test('REG-4: the administrator asks why a code does not work, and is told, and what was meant', async (t) => {
  const { token, server } = await house(t, 'sqlite');
  const code = await makeCode(server, token, { label: 'Open day' });
  const page = await open(t, await browse(), { viewport: desktop });
  await logInByForm(page, server, 'ada');
  const ask = async (typed) => {
    await page.goto(`${server.url}/admin/invite-codes/explain/`);
    await page.getByLabel('Code').fill(typed);
    await page.getByRole('button', { name: 'Explain' }).click();
    return page.getByRole('status').filter({ hasText: /\S/ }).first().textContent();
  };
  assert.match(await ask(code.code.toLowerCase()), /This code works[\s\S]*Open day/);
  await fetch(`${server.url}/api/invite-codes/${code.id}/revoke/`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  assert.match(await ask(code.code), /switched off/);
  const slip = code.code.slice(0, 7) + (code.code.endsWith('7') ? '8' : '7');
  assert.match(await ask(slip), /was one of these meant[\s\S]*Open day/);
  await examine(page, 'why a code does not work');
});

test('a guest whose browser asks for German is spoken to in German, errors included, and may choose English', async (t) => {
  const { token, server } = await house(t, 'sqlite');
  const code = await makeCode(server, token, { aircraft_roles: [{ aircraft: 'N12345', role: 'pilot' }] });
  const page = await open(t, await browse(), { locale: 'de-DE' });
  await page.goto(server.url + new URL(code.registration_url).pathname);
  assert.equal(await page.getAttribute('html', 'lang'), 'de');
  assert.match(await page.textContent('h1'), /lädt Sie|eingeladen/);
  await fillForm(page, 'ADA');
  await page.fill('[name=password_confirm]', 'something else');
  await page.click('main button[type=submit]');
  const told = await page.textContent('main');
  assert.match(told, /Benutzername/);
  assert.doesNotMatch(told, /already exists|differ|Please check/);
  await examine(page, 'in German');
  await page.getByRole('button', { name: 'English' }).click();
  await page.goto(server.url + new URL(code.registration_url).pathname);
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.textContent('h1'), /invites you/);
});

test('PERM-6: a person who is deactivated is out at the next click', async (t) => {
  const { installation, server } = await house(t, 'sqlite');
  const browser = await browse();
  const page = await open(t, browser, { viewport: desktop });
  await logInByForm(page, server, 'sam');
  await page.goto(`${server.url}/manage/invitations/`);
  assert.ok(page.url().endsWith('/manage/invitations/'));
  installation.must('user', 'deactivate', 'sam');
  await page.goto(`${server.url}/manage/invitations/`);
  assert.ok(page.url().includes('/login/?next='), page.url());
});
