// Codes that are ticked stay so while one looks for the next (ADM-2).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, makeCode } from '../program/support.mjs';
import { examine } from './examine.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

async function house(t, options = {}) {
  const installation = new Installation(t, 'sqlite');
  const token = installation.person('ada', '--superuser');
  const server = await installation.serve();
  for (let i = 1; i <= 23; ++i)
    await makeCode(server, token, { label: `Code ${String(i).padStart(2, '0')}`, task_group: i % 2 ? 'cleaning' : 'laundry' });
  const page = await open(t, await browse(), { viewport: desktop, ...options });
  await logIn(page, server, 'ada');
  await page.goto(`${server.url}/admin/invite-codes/`);
  return { page, server, token };
}

const tick = (page, label) => page.check(`tr:has-text("${label}") [data-tick]`);
const said = async (page) => (await page.locator('.bulk-count[role=status]').innerText()).replace(/\s+/g, ' ').trim();
const position = (page, words) => page.waitForFunction((w) => document.querySelector('.position')?.textContent === w, words);

test('ADM-2: ticks outlast leafing and filtering, the bar says how many are elsewhere, and all of them are changed', async (t) => {
  const { page, server, token } = await house(t);
  await tick(page, 'Code 23');
  await tick(page, 'Code 22');
  assert.equal(await said(page), '2 selected');
  await page.click('a[rel=next]');
  await position(page, '21–23 of 23');
  assert.equal(await said(page), '2 selected, 2 not shown');
  await tick(page, 'Code 01');
  assert.equal(await said(page), '3 selected, 2 not shown');
  await page.selectOption('[name=task_group]', 'laundry');
  await position(page, '1–11 of 11');
  assert.equal(await said(page), '3 selected, 2 not shown');
  assert.ok(await page.isChecked('tr:has-text("Code 22") [data-tick]'), 'what is back is ticked');
  await page.uncheck('tr:has-text("Code 22") [data-tick]');
  assert.equal(await said(page), '2 selected, 2 not shown');
  await page.fill('[name=search]', 'nothing is called that');
  await page.waitForSelector('text=No code matches');
  await page.fill('[name=search]', '');
  await position(page, '1–11 of 11');
  await page.selectOption('[name=action]', 'deactivate');
  await page.click('.bulk button:has-text("Go")');
  assert.equal(await page.textContent('h1'), 'Deactivate 2 codes?');
  await page.click('button:has-text("Deactivate 2 codes")');
  await page.waitForURL('**/invite-codes/?task_group=laundry');  // as it was filtered
  const off = (await call(server, 'GET', '/api/invite-codes/?status=inactive', { token })).json.results;
  assert.deepEqual(off.map((code) => code.label).toSorted(), ['Code 01', 'Code 23']);
  assert.equal(await said(page), 'None selected', 'what is done is forgotten');
});

test('ADM-2: one button takes every tick away, and all that match stay meant while one leafs, but not with other filters', async (t) => {
  const { page } = await house(t);
  await tick(page, 'Code 23');
  await page.click('a[rel=next]');
  await position(page, '21–23 of 23');
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await said(page), 'None selected');
  await page.check('[data-tick-all]');
  assert.equal(await said(page), 'All 23 selected');
  await page.click('a[rel=prev]');
  await position(page, '1–20 of 23');
  assert.equal(await said(page), 'All 23 selected');
  assert.ok(!(await page.isChecked('tr:has-text("Code 23") [data-tick]')), 'the tick that was taken away is gone');
  await page.selectOption('[name=task_group]', 'laundry');
  await position(page, '1–11 of 11');
  assert.equal(await said(page), 'None selected');
});

for (const [name, viewport] of [['phone', phone], ['desktop', desktop]])
  test(`the bar with ticks elsewhere fits and has no accessibility violation: ${name}`, async (t) => {
    const { page } = await house(t, { viewport });
    await page.reload();
    await tick(page, 'Code 23');
    await page.click('a[rel=next]');
    await position(page, '21–23 of 23');
    await tick(page, 'Code 02');
    assert.equal(await said(page), '2 selected, 1 not shown');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'scrolls sideways');
    await page.setViewportSize({ width: viewport.width, height: await page.evaluate(() => document.documentElement.scrollHeight) });
    await examine(page, name);
  });

test('without JavaScript the bar says that ticks count on one page', async (t) => {
  const { page } = await house(t, { javaScriptEnabled: false });
  assert.match(await page.locator('.bulk').innerText(), /Ticks count on this page only\./);
});
