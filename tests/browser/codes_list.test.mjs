// The list of codes, as people work in it (MNG-1, ADM-1, ADM-2, MGR-1).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Installation, call, makeCode, register } from '../program/support.mjs';
import { browse, desktop, logIn, open } from './support.mjs';

async function house(t, { codes = 0, who = 'ada', portal = '/admin/invite-codes/', ...options } = {}) {
  const installation = new Installation(t, 'sqlite');
  const token = installation.person('ada', '--superuser');
  installation.person('sam', '--staff');
  installation.person('max', '--role', 'manager', '--task-group', 'cleaning');
  installation.must('aircraft', 'add', 'N12345');
  const server = await installation.serve();
  for (let i = 1; i <= codes; ++i)
    await makeCode(server, token, { label: `Spring ${String(i).padStart(2, '0')}`, max_uses: i, task_group: i % 2 ? 'cleaning' : 'laundry' });
  const page = await open(t, await browse(), { viewport: desktop, ...options });
  await logIn(page, server, who);
  const list = server.url + portal;
  await page.goto(list);
  return { installation, token, server, page, list };
}

const labels = (page) => page.locator('tbody .row-title').allTextContents();
const shown = (page, words) => page.waitForFunction((w) => document.getElementById('count')?.textContent.includes(w), words);
const notice = (page) => page.textContent('main .notice, .notice');

test('search as you type: the list follows, the address too, the field keeps the focus, the number is said', async (t) => {
  const { page, list } = await house(t, { codes: 23 });
  await shown(page, '23 codes');
  await page.locator('[name=search]').pressSequentially('spring 1', { delay: 20 });
  await shown(page, '10 codes');
  assert.equal(page.url(), `${list}?search=spring%201`);
  assert.equal(await page.evaluate(() => document.activeElement.name), 'search');
  assert.equal(await page.inputValue('[name=search]'), 'spring 1');
  assert.equal(await page.getAttribute('#count', 'role'), 'status');
  assert.equal((await labels(page)).length, 10);
  await page.selectOption('[name=task_group]', 'cleaning');
  await shown(page, '5 codes');
  assert.match(page.url(), /search=spring%201&task_group=cleaning$/);
});

test('each filter that is set is a chip that removes it, and the address brings it all back', async (t) => {
  const { page, list } = await house(t, { codes: 4 });
  await page.goto(`${list}?task_group=laundry&search=spring&status=usable`);
  await shown(page, '2 codes');
  assert.deepEqual((await page.locator('#chips .chip bdi').allTextContents()), ['“spring”', 'Laundry', 'Usable']);
  await page.click('#chips .chip:has-text("Laundry")');
  await shown(page, '4 codes');
  assert.equal(page.url(), `${list}?search=spring&status=usable`);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY');
  await page.goBack();
  await shown(page, '2 codes');
  assert.equal(await page.inputValue('[name=task_group]'), 'laundry');
});

test('PERM-6: who is deactivated while typing is led to the log-in, and a server that is gone is said to be', async (t) => {
  const { page, installation, server } = await house(t, { codes: 2, who: 'max', portal: '/manager/invite-codes/' });
  await page.route('**/manager/invite-codes/?*', (route) => route.abort());
  page.removeAllListeners('console');  // the refused request is meant
  await page.fill('[name=search]', 'spring');
  await page.waitForSelector('#unreached:not([hidden])');
  assert.equal((await labels(page)).length, 1);
  await page.unroute('**/manager/invite-codes/?*');
  installation.must('user', 'deactivate', 'max');
  await page.fill('[name=search]', 'summer');
  await page.waitForURL(`${server.url}/login/?next=**`);
});

test('column headings sort, and say how', async (t) => {
  const { page } = await house(t, { codes: 3 });
  const sorting = () => page.evaluate(() => [...document.querySelectorAll('th[aria-sort]:not([aria-sort=none])')].map((th) => `${th.textContent.trim()} ${th.ariaSort}`));
  assert.deepEqual(await sorting(), ['Created descending']);
  await page.click('th a:has-text("Code")');
  await page.waitForURL('**order=label');
  assert.deepEqual(await sorting(), ['Code ascending']);
  assert.deepEqual(await labels(page), ['Spring 01', 'Spring 02', 'Spring 03']);
  await page.click('th a:has-text("Created")');
  await page.waitForFunction(() => !location.search);
  await page.click('th a:has-text("Created")');
  await page.waitForURL('**order=oldest');
  assert.deepEqual(await sorting(), ['Created ascending']);
});

test('pages of twenty say which of how many they show', async (t) => {
  const { page } = await house(t, { codes: 43 });
  assert.equal(await page.textContent('.position'), '1–20 of 43');
  await page.click('a[rel=next]');
  await page.waitForFunction(() => document.querySelector('.position').textContent === '21–40 of 43');
  await page.click('a[rel=next]');
  await page.waitForFunction(() => document.querySelector('.position').textContent === '41–43 of 43');
  assert.equal((await labels(page)).length, 3);
  await page.click('a[rel=prev]');
  await page.waitForFunction(() => document.querySelector('.position').textContent === '21–40 of 43');
});

test('filters are saved under a name and are there at the next visit', async (t) => {
  const { page, list } = await house(t, { codes: 4 });
  await page.goto(`${list}?task_group=laundry`);
  await page.click('.save-view summary');
  await page.fill('[name=name]', 'The laundry');
  await page.click('.save-view button');
  await page.goto(list);
  await page.click('.view-list a:has-text("The laundry")');
  await shown(page, '2 codes');
  await page.click('text=Remove this view');
  assert.match(await notice(page), /The laundry/);
  assert.equal(await page.locator('.view-list').count(), 0);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? '' : ', without JavaScript';
  test(`ADM-2: Deactivate Multiple Codes: the number before and after, and undone${how}`, async (t) => {
    const { page, list } = await house(t, { codes: 3, javaScriptEnabled });
    if (javaScriptEnabled) assert.match(await page.textContent('.bulk-count span:not([hidden])'), /None selected/);
    await page.check('tr:has-text("Spring 01") [name=ids]');
    await page.check('tr:has-text("Spring 02") [name=ids]');
    if (javaScriptEnabled) assert.match(await page.textContent('.bulk-count span:not([hidden])'), /2 selected/);
    await page.selectOption('[name=action]', 'deactivate');
    await page.click('.bulk button:has-text("Go")');
    assert.equal(await page.textContent('h1'), 'Deactivate 2 codes?');
    await page.click('button:has-text("Deactivate 2 codes")');
    await page.waitForURL(list);
    assert.match(await notice(page), /2 codes/);
    assert.equal(await page.locator('tbody tr:has-text("Inactive")').count(), 2);
    await page.click('.notice button:has-text("Undo")');
    await page.waitForURL(list);
    assert.equal(await page.locator('tbody tr:has-text("Inactive")').count(), 0);
  });
}

test('ADM-2: all that match the filter, which are more than the page shows', async (t) => {
  const { page, list } = await house(t, { codes: 23 });
  await page.goto(`${list}?search=spring`);
  await page.check('[data-tick-all]');
  assert.match(await page.textContent('.bulk-count span:not([hidden])'), /All 23 selected/);
  await page.selectOption('[name=action]', 'deactivate');
  await page.click('.bulk button:has-text("Go")');
  assert.equal(await page.textContent('h1'), 'Deactivate 23 codes?');
  await page.click('button:has-text("Deactivate 23 codes")');
  await page.waitForURL(`${list}?search=spring`);
  assert.match(await notice(page), /23 codes/);
});

test('ADM-2: if the number differs meanwhile it is asked again', async (t) => {
  const { page, list, server, token } = await house(t, { codes: 2 });
  await page.goto(`${list}?search=spring`);
  await page.check('[data-tick-all]');
  await page.selectOption('[name=action]', 'delete');
  await page.click('.bulk button:has-text("Go")');
  await makeCode(server, token, { label: 'Spring late' });
  await page.click('button:has-text("Delete 2 codes")');
  assert.equal(await page.textContent('h1'), 'Delete 3 codes?');
  assert.match(await page.textContent('[role=alert]'), /3 codes match now, and not 2/);
  await page.click('button:has-text("Delete 3 codes")');
  await page.waitForURL('**search=spring');
  assert.match(await page.textContent('main'), /No code matches/);
});

test('ADM-2: what cannot be changed is named with its reason, before and after', async (t) => {
  const { page, server, token } = await house(t, { codes: 2 });
  const used = await makeCode(server, token, { label: 'Used one', max_uses: 5 });
  await register(server, used.code, 'ann');
  await page.reload();
  await page.check('[data-tick-page]');
  assert.match(await page.textContent('.bulk-count span:not([hidden])'), /3 selected/);
  await page.selectOption('[name=action]', 'delete');
  await page.click('.bulk button:has-text("Go")');
  assert.equal(await page.textContent('h1'), 'Delete 2 codes?');
  assert.match(await page.textContent('.spared'), /Used one.*has been used/s);
  await page.click('button:has-text("Delete 2 codes")');
  assert.equal(await page.textContent('h1'), '2 of 3 codes changed');
  assert.match(await page.textContent('.spared'), /Used one.*has been used/s);
});

test('ADM-2: Edit several at once; a wrong value is told beside its field', async (t) => {
  const { page, list, server, token } = await house(t, { codes: 2 });
  await page.check('[data-tick-page]');
  await page.selectOption('[name=action]', 'edit');
  await page.click('.bulk button:has-text("Go")');
  await page.fill('[name=max_uses]', 'many');
  await page.click('button:has-text("Change 2 codes")');
  assert.match(await page.textContent('#bulk-max_uses-error'), /max uses|Max uses/);
  await page.fill('[name=max_uses]', '9');
  await page.selectOption('[name=expires]', '30');
  await page.click('button:has-text("Change 2 codes")');
  await page.waitForURL(list);
  const codes = (await call(server, 'GET', '/api/invite-codes/', { token })).json.results;
  assert.deepEqual(codes.map((code) => code.max_uses), [9, 9]);
  assert.ok(codes.every((code) => code.expires_at));
});

test('ADM-2: Export to CSV', async (t) => {
  const { page } = await house(t, { codes: 3 });
  await page.check('tr:has-text("Spring 02") [name=ids]');
  await page.selectOption('[name=action]', 'export');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.bulk button:has-text("Go")')]);
  assert.equal(download.suggestedFilename(), 'codes.csv');
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
  assert.equal(lines.length, 2);
  assert.match(lines[1], /"Spring 02"/);
});

test('Go without an action or without a tick says so and does nothing', async (t) => {
  const { page } = await house(t, { codes: 1 });
  await page.selectOption('[name=action]', 'delete');
  await page.click('.bulk button:has-text("Go")');
  assert.match(await notice(page), /tick the codes first/);
  await page.check('[data-tick]');
  await page.click('.bulk button:has-text("Go")');
  assert.match(await notice(page), /choose an action first/);
  assert.equal((await labels(page)).length, 1);
});

test('in the row: copy says so, mail carries the link, extend moves the end, revoke can be undone', async (t) => {
  const { page, server, token, list } = await house(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  const code = await makeCode(server, token, { label: 'Row', expires_days: 3, email: 'ann+a@example.org', name: 'Ann' });
  await page.reload();
  assert.match(await page.textContent('tbody'), /expires in 3 days/);
  await page.click('.deeds [data-copy]');
  await page.waitForFunction(() => document.getElementById('said').textContent === 'Copied');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code.registration_url);
  const mail = new URL(await page.getAttribute('a[href^="mailto:"]', 'href'));
  assert.equal(decodeURIComponent(mail.pathname), 'ann+a@example.org');
  assert.ok(mail.searchParams.get('body').includes(code.registration_url));
  await page.click('.deeds a:has-text("Extend")');
  await page.click('dialog button:has-text("7 days longer")');
  await page.waitForURL(list + `${code.id}/`);
  const later = (await call(server, 'GET', `/api/invite-codes/${code.id}/`, { token })).json;
  assert.equal(Date.parse(later.expires_at) - Date.parse(code.expires_at), 7 * 86400_000);
  await page.goto(list);
  await page.click('.deeds a:has-text("Revoke")');
  await page.click('dialog button:has-text("Revoke")');
  await page.click('.notice button:has-text("Undo")');
  await page.waitForSelector('.notice:has-text("is active again")');
  assert.match(await page.textContent('tbody, main'), /Active/);
});

test('a keyboard is enough: create, copy, revoke, reactivate, delete', async (t) => {
  const { page, server, list } = await house(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  const press = (...keys) => keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
  // Tab until the thing with these words has the focus.
  const tabTo = async (words) => {
    for (let i = 0; i < 80; ++i) {
      await press('Tab');
      if (await page.evaluate((w) => document.activeElement.textContent.includes(w) && document.activeElement.matches('a, button, summary'), words)) {
        const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
        assert.notEqual(outline, 'none', `the focus on ${words} is seen`);
        return;
      }
    }
    assert.fail(`no way to ${words} by Tab`);
  };
  await tabTo('Create New Invite Code');
  await press('Enter');
  await page.waitForURL('**/create-invite-code/');
  await tabTo('Create Invite Code');
  await press('Enter');
  await page.waitForURL(/invite-codes\/\d+\//);
  await tabTo('Copy the code');
  await press('Enter');
  await page.waitForFunction(() => document.getElementById('said').textContent === 'Copied');
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^[0-9A-Z]{8}$/);
  await tabTo('Revoke');
  await press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabTo('Revoke');
  await press('Enter');
  await page.waitForSelector('text=is switched off');
  await tabTo('Reactivate');
  await press('Enter');
  await page.waitForSelector('text=is active again');
  await tabTo('Delete');
  await press('Enter');
  await page.waitForSelector('dialog[open]');
  await press('Escape');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Delete/);  // back where it was
  await press('Enter');
  await page.waitForSelector('dialog[open]');
  await tabTo('Delete');
  await press('Enter');
  await page.waitForURL(list);
  assert.match(await page.textContent('main'), /No codes yet/);
  void server;
});

test('Ctrl K jumps to codes, people, aircraft and pages that the person may open', async (t) => {
  const { page, server } = await house(t, { codes: 2 });
  await page.keyboard.press('Control+k');
  await page.waitForSelector('dialog .palette');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'palette-q');
  await page.keyboard.type('spring 02');
  await page.waitForSelector('dialog [data-hit]:has-text("Spring 02")');
  await page.keyboard.press('Enter');
  await page.waitForURL(/invite-codes\/\d+\//);
  await page.goto(`${server.url}/palette/?q=n123`);
  assert.match(await page.textContent('#palette-hits'), /N12345/);
  await page.goto(`${server.url}/palette/?q=sam`);
  assert.match(await page.textContent('#palette-hits'), /sam@ostiary\.test/);
  await page.context().clearCookies();
  await logIn(page, server, 'max');
  await page.goto(`${server.url}/palette/?q=spring`);
  const hits = await page.textContent('#palette-hits');
  assert.match(hits, /Spring 01/);
  assert.doesNotMatch(hits, /Spring 02/);  // of another team
});

test('the sentence of what will happen grows while one types, and another like this is prefilled', async (t) => {
  const { page, server, token } = await house(t);
  await page.goto(`${server.url}/admin/create-invite-code/`);
  assert.match(await page.textContent('#sentence'), /One person may join as Staff in General, with no end\./);
  await page.fill('[name=max_uses]', '5');
  await page.selectOption('[name=task_group]', 'cleaning');
  await page.waitForFunction(() => /Up to 5 people may join as Staff in Cleaning/.test(document.getElementById('sentence').textContent));
  const code = await makeCode(server, token, { label: 'Model', max_uses: 7, role: 'viewer', aircraft_roles: [{ aircraft: 'N12345', role: 'pilot' }] });
  await page.goto(`${server.url}/admin/invite-codes/${code.id}/`);
  await page.click('text=Make another like this');
  assert.equal(await page.inputValue('[name=label]'), 'Model');
  assert.equal(await page.inputValue('[name=max_uses]'), '7');
  assert.equal(await page.inputValue('[name=role]'), 'viewer');
  assert.equal(await page.inputValue('[name=aircraft] >> nth=0'), 'N12345');
});
