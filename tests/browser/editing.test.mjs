// Two people at one code, and texts that would like to be more than texts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, databases, makeCode } from '../program/support.mjs';
import { browse, desktop, logIn, open } from './support.mjs';

for (const kind of databases)
  test(`CODE-8 on ${kind}: of two people who edit one code the second is told, and both versions are shown`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    house.person('sam', '--staff');
    const server = await house.serve();
    const code = await makeCode(server, token, { label: 'Spring', notes: '' });
    const browser = await browse();
    const pages = [];
    for (const name of ['ada', 'sam']) {
      const page = await open(t, browser, { viewport: desktop });
      await logIn(page, server, name);
      await page.goto(`${server.url}/manage/invitations/${code.id}/`);
      pages.push(page);
    }
    const [ada, sam] = pages;
    const save = async (page, label) => {
      await page.getByLabel('Label').fill(label);
      await page.getByRole('button', { name: 'Save Changes' }).click();
      await page.waitForLoadState();
    };
    const label = async () => (await call(server, 'GET', `/api/invite-codes/${code.id}/`, { token })).json.label;
    await save(ada, 'Ada’s version');
    await save(sam, 'Sam’s version');
    assert.equal(await label(), 'Ada’s version', 'nothing is overwritten silently');
    const told = await sam.textContent('main');
    for (const part of ['Somebody changed this code', 'Ada’s version', 'Sam’s version']) assert.ok(told.includes(part), part);
    assert.equal(await sam.getByLabel('Label').inputValue(), 'Sam’s version', 'what was typed is kept');
    await sam.getByRole('button', { name: 'Save Changes' }).click();
    await sam.waitForLoadState();
    assert.equal(await label(), 'Sam’s version', 'saving once more is deliberate');
  });

test('hostile labels, notes and names are shown as the texts they are, in every list and detail', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const script = '<script>document.title = "owned"</script>"><img src=x onerror=alert(1)>';
  const wide = '𒐫'.repeat(60) + '👩‍👩‍👧‍👦 &amp; {{CSRF}} [[Name]]';
  for (const text of [script, wide, '=1+1', '{} {0} %s']) await makeCode(server, token, { label: text, notes: text, name: 'A <b>B</b>' });
  const page = await open(t, await browse(), { viewport: desktop });
  page.on('dialog', () => assert.fail('a script ran'));
  await logIn(page, server, 'ada');
  const all = (await call(server, 'GET', '/api/invite-codes/', { token })).json.results;
  assert.equal(all.length, 4);
  for (const portal of ['/admin/invite-codes/', '/manager/invite-codes/', '/manage/invitations/']) {
    await page.goto(server.url + portal);
    const list = await page.textContent('main');
    for (const code of all) assert.ok(list.includes(code.label), `${code.label} in ${portal}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `nothing sticks out of ${portal}`);
    for (const code of all) {
      await page.goto(`${server.url}${portal}${code.id}/`);
      assert.ok((await page.textContent('h1')).includes(code.label));
      assert.ok((await page.title()).includes(code.label.trim()), await page.title());
      assert.equal(await page.locator('main script, main img').count(), 0);
    }
  }
  for (const path of ['/admin/', '/admin/audit/', '/admin/data/code/', `/admin/invite-codes/?search=${encodeURIComponent(script)}`]) {
    await page.goto(server.url + path);
    assert.equal(await page.locator('main script, main img').count(), 0, path);
  }
});
