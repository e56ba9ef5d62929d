// ADM-2: thousands of codes are changed: what will change first, how far it is, what came of it, and back again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, makeCode } from '../program/support.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

const portals = [['ada', '/admin/invite-codes/'], ['max', '/manager/invite-codes/'], ['sam', '/manage/invitations/']];

const many = '3\u202f000';

async function house(t, count, who, list, options) {
  const installation = new Installation(t, 'sqlite');
  const token = installation.person('ada', '--superuser');
  installation.person('max', '--role', 'manager', '--task-group', 'cleaning');
  installation.person('sam', '--staff');
  const server = await installation.serve();
  const made = await call(server, 'POST', '/api/invite-codes/bulk/',
    { token, body: { action: 'create', count, label: 'Open day', task_group: 'cleaning', max_uses: 2 } });
  assert.equal(made.status, 200, made.text);
  const page = await open(t, await browse(), options);
  await logIn(page, server, who);
  await page.goto(server.url + list);
  const choose = async (action) => {
    await page.check('[name=all]');
    await page.selectOption('[name=action]', action);
    await page.locator('.bulk button[type=submit]').click();
  };
  const counted = async (query) => (await call(server, 'GET', `/api/invite-codes/?page_size=1&count=true&${query}`, { token })).json.count;
  return { token, server, page, choose, counted };
}

for (const [who, list] of portals)
  for (const javaScriptEnabled of [true, false]) {
    if (who !== 'ada' && !javaScriptEnabled) continue;
    test(`ADM-2 ${list}: 3,000 codes are edited, followed and put back, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
      const { page, choose, counted, server, token } = await house(t, 3000, who, list, { viewport: who === 'max' ? phone : desktop, javaScriptEnabled });
      await choose('edit');
      assert.equal(await page.textContent('h1'), `Edit ${many} codes`);
      await page.fill('[name=max_uses]', '9');
      await page.getByRole('button', { name: `Change ${many} codes` }).click();
      await page.waitForURL(/\/jobs\/[^/]+\/$|(codes|invitations)\/$/);  // a quick machine is done already
      await page.goto(`${server.url}${list}jobs/`);
      await page.locator('tbody a').first().click();
      await page.getByText(`${many} of ${many} codes changed`).waitFor({ timeout: 60_000 });  // the page looks again by itself
      assert.equal((await call(server, 'GET', '/api/invite-codes/', { token })).json.results[0].max_uses, 9);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText(`${many} codes put back`).waitFor({ timeout: 60_000 });
      assert.equal((await call(server, 'GET', '/api/invite-codes/', { token })).json.results[0].max_uses, 2);
      await page.getByRole('link', { name: 'Earlier changes' }).click();
      assert.match(await page.textContent('tbody tr'), new RegExp(`Change ${many} codes.*${many}.*Undone`, 's'));
      assert.equal(await counted('status=active'), 3000);
    });
  }

test('ADM-2: what goes on can be stopped, and what was done until then undone', async (t) => {
  const { page, choose, counted } = await house(t, 10_000, 'ada', '/admin/invite-codes/', { viewport: desktop });
  await choose('deactivate');
  await page.getByRole('button', { name: 'Deactivate 10\u202f000 codes' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('It did not come to its end').waitFor();
  const off = await counted('status=inactive');
  assert.ok(off > 0 && off < 10_000, `${off} are switched off`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(/codes put back/).waitFor({ timeout: 60_000 });
  assert.equal(await counted('status=inactive'), 0);
});

test('ADM-2: a few are done at once, and any change but deleting is undone from where one is', async (t) => {
  const { page, server, token, choose } = await house(t, 2, 'ada', '/admin/invite-codes/', { viewport: desktop });
  await makeCode(server, token, { label: 'Another' });
  await choose('edit');
  await page.fill('[name=notes]', 'Ask Ann first');
  await page.getByRole('button', { name: 'Change 3 codes' }).click();
  await page.waitForURL(`${server.url}/admin/invite-codes/`);
  assert.match(await page.textContent('.notice'), /Changed: 3 codes/);
  await page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
  await page.waitForURL(`${server.url}/admin/invite-codes/`);
  assert.match(await page.textContent('.notice'), /Undone: 3 codes as before/);
  assert.ok((await call(server, 'GET', '/api/invite-codes/', { token })).json.results.every((code) => code.notes === ''));
  await choose('delete');
  await page.getByRole('button', { name: 'Delete 3 codes' }).click();
  await page.waitForURL(`${server.url}/admin/invite-codes/`);
  assert.equal(await page.locator('.notice').getByRole('button', { name: 'Undo' }).count(), 0);
});
