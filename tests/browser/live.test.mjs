// Pages that follow what happens, in a real browser (LIVE-1).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as later } from 'node:timers/promises';
import { Installation, call, makeCode, redeem } from '../program/support.mjs';
import { browse, desktop, logIn, open } from './support.mjs';

async function house(t) {
  const installation = new Installation(t, 'sqlite');
  const token = installation.person('ada', '--superuser');
  const server = await installation.serve();
  const page = await open(t, await browse(), { viewport: desktop });
  await logIn(page, server, 'ada');
  return { token, server, page };
}

test('LIVE-1: the list, the detail and the overview follow a redemption by themselves', async (t) => {
  const { token, server, page } = await house(t);
  const code = await makeCode(server, token, { label: 'Open day', max_uses: 10 });
  await page.goto(`${server.url}/admin/invite-codes/`);
  await page.getByText('0 / 10').first().waitFor();
  await page.check('[data-tick] >> nth=0');
  await later(500);  // the stream stands
  await redeem(server, token, code.code, 'one');
  await page.getByText('1 / 10').first().waitFor({ timeout: 2000 });
  assert.ok(await page.isChecked('[data-tick] >> nth=0'), 'the tick is gone');
  await makeCode(server, token, { label: 'Winter' });
  await page.getByText('Winter').first().waitFor({ timeout: 3000 });

  await page.goto(`${server.url}/admin/invite-codes/${code.id}/`);
  await later(500);
  await page.locator('#redemptions').getByText('one').waitFor();
  await redeem(server, token, code.code, 'two');
  await page.locator('#redemptions').getByText('two').waitFor({ timeout: 2000 });
  await page.locator('#facts').getByText('2 / 10').waitFor();
  assert.equal((await call(server, 'POST', `/api/invite-codes/${code.id}/revoke/`, { token })).status, 200);
  await page.locator('#state').getByText('Revoked').or(page.locator('#state').getByText('Inactive')).waitFor({ timeout: 3000 });

  await page.goto(`${server.url}/admin/`);
  await later(500);
  await makeCode(server, token, { label: 'Spring' });
  await page.locator('#home').getByText('Spring').first().waitFor({ timeout: 3000 });
});

test('what is told after a deed waits for the page that is opened, however much the one before follows', async (t) => {
  const { token, server, page } = await house(t);
  const code = await makeCode(server, token, { label: 'Open day' });
  const here = `${server.url}/admin/invite-codes/${code.id}/`;
  await page.goto(here);
  await later(500);
  const form = { csrf_token: await page.locator('[name=csrf_token]').first().inputValue() };
  assert.equal((await page.request.post(here + 'revoke/', { form, maxRedirects: 0 })).status(), 303);
  await page.locator('#state').getByText('Inactive').waitFor({ timeout: 3000 });
  await page.goto(here);
  await page.waitForSelector('.notice button:has-text("Undo")');
});

test('LIVE-1: whoever types, or has a menu open, is not disturbed', async (t) => {
  const { token, server, page } = await house(t);
  const code = await makeCode(server, token, { label: 'Open day', max_uses: 10 });
  await page.goto(`${server.url}/admin/invite-codes/${code.id}/`);
  await page.fill('[name=label]', 'Half a wo');
  await later(500);
  await redeem(server, token, code.code, 'one');
  await page.locator('#facts').getByText('1 / 10').waitFor({ timeout: 2000 });
  assert.equal(await page.inputValue('[name=label]'), 'Half a wo');
  assert.ok(await page.evaluate(() => document.activeElement.name === 'label'), 'the field has lost the focus');

  await page.goto(`${server.url}/admin/invite-codes/`);
  await page.check('[data-tick] >> nth=0');
  await page.selectOption('[name=action]', 'export');
  await later(500);
  await makeCode(server, token, { label: 'Winter' });
  await later(1500);
  assert.equal(await page.inputValue('[name=action]'), 'export', 'the action that was chosen is gone');
  await page.selectOption('[name=action]', '');
  await page.getByText('Winter').first().waitFor({ timeout: 4000 });

  await page.goto(`${server.url}/admin/invite-codes/?search=open`);
  await page.click('.save-view summary');
  await page.fill('.save-view [name=name]', 'My view');
  await later(500);
  await redeem(server, token, code.code, 'two');
  await later(1500);
  assert.equal(await page.inputValue('.save-view [name=name]'), 'My view');
  assert.ok(await page.isVisible('.save-view [name=name]'));
  await page.click('.save-view summary');
  await page.getByText('2 / 10').first().waitFor({ timeout: 4000 });
});
