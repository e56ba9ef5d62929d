// Everything works without scripts, and nothing is shown that would not.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Installation, call, makeCode, password } from '../program/support.mjs';
import { addressesOf, furnish, pageRoutes, states, walkerOf } from './places.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

// Whatever one sees and cannot use: buttons that submit nothing, links that lead nowhere, fields and forms that nothing
// sends. (What only adds to something that works has its own page behind it: data-dialog, data-hx-….)
const dead = () => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest('details:not([open]) > :not(summary)');
  const sends = (form) => [...form.elements].some((one) => one.matches('button:not([type=button]), input[type=submit]'));
  const found = [];
  for (const one of document.querySelectorAll('button, a, input, select, textarea, form, [data-when], kbd, #unreached')) {
    if (!seen(one)) continue;
    const is_dead = one.matches('button, input[type=submit]') ? one.type !== 'submit' || !one.form
      : one.matches('a') ? !one.getAttribute('href') || one.getAttribute('href') === '#'
      : one.matches('form') ? !sends(one)
      : one.matches('input, select, textarea') ? !one.readOnly && (!one.form || !one.name || !sends(one.form))
      : true;
    if (is_dead) found.push(one.outerHTML.slice(0, 160));
  }
  return found;
};

test('without JavaScript every page is whole, and no control is shown that needs it', async (t) => {
  const the = await furnish(t);
  await the.furnish();
  const browser = await browse();
  const pages = {};
  const walker = async (who) => {
    if (pages[who]) return pages[who];
    const page = await open(t, browser, { viewport: phone, javaScriptEnabled: false });
    if (who !== 'guest') await logIn(page, the.server, who);
    return (pages[who] = page);
  };
  const faults = [];
  const look = async (what, page) => {
    for (const fault of await page.evaluate(dead)) faults.push(`${what}: ${fault}`);
    if (await page.locator('h1:visible').count() !== 1) faults.push(`${what}: no h1, or several`);
  };
  let seen = 0;
  for (const route of pageRoutes()) {
    const page = await walker(walkerOf(route));
    for (const path of await addressesOf(route, the, page)) {
      const answer = await page.goto(the.server.url + path);
      if (answer.status() >= 500) faults.push(`${path}: ${answer.status()}`);
      await look(path, page);
      ++seen;
    }
  }
  for (const [who, what, go] of states(the)) {
    const page = await walker(who);
    await go(page, the);
    await look(what, page);
    ++seen;
  }
  t.diagnostic(`${seen} pages`);
  assert.deepEqual([...new Set(faults)], []);
});

const portals = [
  { who: 'ada', list: '/admin/invite-codes/', off: 'Revoke', on: 'Reactivate', create: 'Create Invite Code' },
  { who: 'max', list: '/manager/invite-codes/', off: 'Revoke', on: 'Reactivate', create: 'Create Invite Code' },
  { who: 'sam', list: '/manage/invitations/', off: 'Deactivate', on: 'Activate', create: 'Create Code' },
];

for (const { who, list, off, on, create } of portals)
  test(`without JavaScript a day’s work is done in ${list}: make, find, edit, switch off and on, several at once, export`, async (t) => {
    const house = new Installation(t, 'sqlite');
    const token = house.person('ada', '--superuser');
    house.person('max', '--role', 'manager');
    house.person('sam', '--staff');
    const server = await house.serve();
    for (const label of ['Autumn 1', 'Autumn 2', 'Winter']) await makeCode(server, token, { label, task_group: 'laundry' });
    const page = await open(t, await browse(), { viewport: desktop, javaScriptEnabled: false });
    const press = async (name, within = page.locator('main')) => {
      await within.getByRole('button', { name }).or(within.getByRole('link', { name })).first().click();
      await page.waitForLoadState();
    };
    const labels = () => page.locator('tbody .row-title').allTextContents();
    const told = async () => (await page.locator('.notice[role=status]').textContent()).replace(/\s+/g, ' ');
    const saved = async (label) => (await call(server, 'GET', `/api/invite-codes/?search=${label}`, { token })).json.results[0];

    await logIn(page, server, who);
    await page.goto(server.url + list);
    await page.locator('.page-deeds .primary').click();
    await page.getByRole('textbox', { name: 'Label' }).fill('Spring pilots');
    await page.getByRole('textbox', { name: 'Max Uses' }).fill('3');
    await press(create);
    assert.match(await told(), /Spring pilots is ready/);
    const link = await page.inputValue('#link');

    await page.goto(server.url + list);
    await page.getByLabel('Search').fill('spring');
    await press('Search');
    assert.deepEqual(await labels(), ['Spring pilots']);
    await page.goto(server.url + list);
    await page.getByLabel('Task Group').selectOption('laundry');
    await press('Search');
    assert.deepEqual(await labels(), ['Winter', 'Autumn 2', 'Autumn 1']);
    await page.locator('#chips .chip').first().click();
    await page.waitForLoadState();
    assert.equal((await labels()).length, 4);

    await press('Spring pilots');
    await page.getByRole('textbox', { name: 'Label' }).fill('Summer pilots');
    await press('Save Changes');
    assert.match(await told(), /Your changes to Summer pilots are saved/);
    await press(off);
    if (off === 'Revoke') await press(off);  // it asks first, on a page of its own
    assert.match(await told(), /Summer pilots is switched off/);
    assert.equal((await saved('Summer')).status, 'inactive');
    await press(on);
    assert.match(await told(), /Summer pilots is active again/);

    await page.goto(`${server.url}${list}?search=autumn`);
    for (const box of await page.locator('[name=ids]').all()) await box.check();
    await page.selectOption('[name=action]', 'deactivate');
    await press('Go');
    assert.match(await page.textContent('h1'), /Deactivate 2 codes\?/);
    assert.match(await page.textContent('main'), /Nobody can join with them any more/);
    await press('Deactivate 2 codes');
    assert.match(await told(), /Switched off: 2 codes/);
    assert.equal((await saved('Autumn')).status, 'inactive');

    await page.goto(`${server.url}${list}?search=autumn`);
    await page.check('[name=all]');
    await page.selectOption('[name=action]', 'export');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.bulk button[type=submit]').click()]);
    assert.equal(readFileSync(await download.path(), 'utf8').trim().split('\r\n').length, 3);

    const guest = await open(t, page.context().browser(), { viewport: phone, javaScriptEnabled: false });
    await guest.goto(server.url + new URL(link).pathname);
    await guest.fill('[name=username]', 'ann');
    await guest.fill('[name=email]', 'ann@example.org');
    await guest.fill('[name=password]', password);
    await guest.fill('[name=password_confirm]', password);
    await guest.getByRole('button', { name: 'Create account' }).click();
    await guest.waitForURL('**/welcome/');
    assert.equal((await saved('Summer')).used_count, 1);
  });

test('without JavaScript a person changes the password, logs out and logs in with the new one', async (t) => {
  const house = new Installation(t, 'sqlite');
  house.person('otto');
  const server = await house.serve();
  const page = await open(t, await browse(), { javaScriptEnabled: false });
  await logIn(page, server, 'otto');
  await page.goto(`${server.url}/account/`);
  const fresh = 'Otter-7-lantern!';
  await page.fill('[name=current_password]', password);
  const form = page.locator('form[action="/account/password/"]');
  await form.locator('[name=password]').fill(fresh);
  await form.locator('[name=password_confirm]').fill(fresh);
  await form.getByRole('button').click();
  assert.match(await page.textContent('.notice'), /Your password is changed/);
  await page.locator('.menu summary').last().click();
  await page.getByRole('button', { name: 'Log out' }).click();
  assert.match(await page.textContent('main'), /You are logged out|Log in/);
  await page.goto(`${server.url}/account/`);
  assert.match(page.url(), /\/login\/\?next=/);
  await page.fill('[name=username]', 'otto');
  await page.fill('[name=password]', fresh);
  await page.click('main button[type=submit]');
  await page.waitForURL('**/account/');
});
