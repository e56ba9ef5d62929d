// People, aircraft, oversight and raw data in a real browser (MNG-4, ADM-4 … ADM-7, SEC-3).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, databases, makeCode, password, register } from '../program/support.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

const hostile = `<script>alert(1)</script>"'> אב 🛩️ ${'Ｗ'.repeat(100)}`;

async function house(t, kind) {
  const installation = new Installation(t, kind);
  const token = installation.person('ada', '--superuser');
  installation.person('sam', '--staff');
  installation.person('max', '--role', 'manager');
  installation.must('aircraft', 'add', 'N12345');
  installation.must('aircraft', 'add', 'N67890');
  return { installation, token, server: await installation.serve() };
}

async function signedIn(t, browser, server, username, options = {}) {
  const page = await open(t, browser, { viewport: desktop, ...options });
  await logIn(page, server, username);
  return page;
}

// The user's page in /admin/, by way of the list.
async function userPage(page, server, username) {
  await page.goto(`${server.url}/admin/users/?search=${username}`);
  await page.click(`tr:has-text("${username}") >> text=Edit in Admin`);
}

for (const kind of databases) {
  test(`ADM-4 on ${kind}: a forgotten password is replaced through a link that works once`, async (t) => {
    const { server } = await house(t, kind);
    const browser = await browse();
    const ada = await signedIn(t, browser, server, 'ada');
    await userPage(ada, server, 'max');
    await ada.click('text=Send password reset link');
    const link = await ada.inputValue('input[readonly]');
    assert.match(link, /\/password-reset\/[\w-]{22,}\/$/);
    assert.match(await ada.getAttribute('a[href^="mailto:"]', 'href'), /^mailto:max%40ostiary\.test\?subject=/);

    const max = await open(t, browser, { viewport: phone, javaScriptEnabled: false });
    const path = server.url + new URL(link).pathname;
    await max.goto(path);
    await max.goto(path);  // looking does not use it up
    assert.match(await max.textContent('main'), /max/);
    await max.fill('[name=password]', 'Otter-7-lantern!');
    await max.fill('[name=password_confirm]', 'something else');
    await max.click('main button[type=submit]');
    assert.match(await max.textContent('main'), /differ/);
    await max.fill('[name=password]', 'Otter-7-lantern!');
    await max.fill('[name=password_confirm]', 'Otter-7-lantern!');
    await max.click('main button[type=submit]');
    await max.waitForURL('**/login/');
    await max.fill('[name=username]', 'max');
    await max.fill('[name=password]', 'Otter-7-lantern!');
    await max.click('main button[type=submit]');
    await max.waitForURL('**/manager/');
    const answer = await max.goto(path);
    assert.equal(answer.status(), 404);
    assert.match(await max.textContent('main'), /does not work any more/);
  });

  test(`MNG-4 on ${kind}: the users, with every column, and Edit in Admin for superusers alone`, async (t) => {
    const { server, token } = await house(t, kind);
    const code = await makeCode(server, token, {
      label: 'Spring pilots', aircraft_roles: [{ aircraft: 'N12345', role: 'owner' }, { aircraft: 'N67890', role: 'pilot' }],
    });
    assert.equal((await register(server, code.code, 'ann')).status, 201);
    const browser = await browse();
    const sam = await signedIn(t, browser, server, 'sam');
    await sam.goto(`${server.url}/manage/users/`);
    const headings = await sam.$$eval('thead th', (all) => all.map((th) => th.textContent.trim()));
    assert.deepEqual(headings, ['Username', 'Name', 'Email', 'Staff', 'Status', 'Joined', 'Last Login', 'Aircraft Access']);
    const ann = await sam.textContent('tr:has-text("ann@example.org")');
    assert.match(ann, /N12345 \(owner\), N67890 \(pilot\)/);
    assert.match(await sam.textContent('tr:has-text("max@")'), /—/);
    assert.equal(await sam.locator('text=Edit in Admin').count(), 0);

    const ada = await signedIn(t, browser, server, 'ada');
    await userPage(ada, server, 'ann');
    await ada.click('text=Spring pilots');  // who they joined with
    assert.ok(ada.url().endsWith(`/admin/invite-codes/${code.id}/`), ada.url());
  });

  test(`ADM-6 on ${kind}: a row is followed, changed and kept from what it must not be`, async (t) => {
    const { server } = await house(t, kind);
    const browser = await browse();
    const ada = await signedIn(t, browser, server, 'ada', { javaScriptEnabled: false });
    await ada.goto(`${server.url}/admin/data/`);
    await ada.click('main >> text=API tokens');
    await ada.click('tbody tr >> nth=0 >> text=Open');
    assert.match(await ada.textContent('main'), /••••••/);
    await ada.click('main dd a');  // along the foreign key, to the account
    assert.match(ada.url(), /\/admin\/data\/account\/row\//);
    await ada.fill('[name=name]', 'A new name');
    await ada.click('text=Save Changes');
    assert.match(await ada.textContent('main'), /The row is saved/);
    await ada.goto(`${server.url}/admin/audit/?kind=account.`);
    await ada.click('summary:has-text("Details") >> nth=0');
    assert.match(await ada.textContent('main'), /A new name/);
  });
}

test('hostile names are harmless in the users, the audit log, the raw data and the dashboard', async (t) => {
  const { server, token } = await house(t, 'sqlite');
  await makeCode(server, token, { label: hostile, max_uses: 1 });
  const browser = await browse();
  const ada = await signedIn(t, browser, server, 'ada');
  await userPage(ada, server, 'max');
  await ada.fill('[name=name]', hostile.slice(0, 120));
  await ada.click('text=Save Changes');
  let alerts = 0;
  ada.on('dialog', (dialog) => (alerts++, dialog.dismiss()));
  for (const path of ['/admin/users/', '/manage/users/', '/admin/audit/', '/admin/data/account/', '/admin/data/code/', '/admin/data/event/', '/admin/']) {
    for (const viewport of [desktop, phone]) {
      await ada.setViewportSize(viewport);
      await ada.goto(server.url + path);
      assert.match(await ada.textContent('main'), /<script>alert\(1\)/, path);
      assert.ok(await ada.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${path} scrolls sideways`);
    }
  }
  assert.equal(alerts, 0);
});

test('PERM-2: no dead end: every place of the navigation opens and says something', async (t) => {
  const { server } = await house(t, 'sqlite');
  const browser = await browse();
  const ada = await signedIn(t, browser, server, 'ada');
  await ada.goto(`${server.url}/admin/`);
  const places = await ada.$$eval('.side .nav a', (all) => all.map((a) => a.getAttribute('href')));
  assert.ok(places.length >= 13, places.join());
  const phone_menu = ada.locator('details.sheet');
  assert.ok(!(await phone_menu.isVisible()), 'the menu for phones stands beside the one for desks');
  await ada.setViewportSize(phone);
  assert.ok(await phone_menu.isVisible());
  await ada.setViewportSize(desktop);
  for (const path of places) {
    const answer = await ada.goto(server.url + path);
    assert.equal(answer.status(), 200, path);
    assert.equal(await ada.locator('.side .nav a[aria-current=page]').count(), 1, path);
    assert.doesNotMatch(await ada.textContent('main'), /coming soon/i);
  }
});

