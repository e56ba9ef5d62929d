// The third document, task by task and in its order: administrators and managers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, makeCode, register } from '../program/support.mjs';
import { browse, desktop, logInByForm, open, phone } from './support.mjs';

for (const kind of ['sqlite']) {  // what another one does is asked in tests/store and tests/scenarios
  test(`Invite code management for administrators and managers on ${kind}`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    house.person('max', '--role', 'manager', '--task-group', 'cleaning');
    house.person('otto', '--role', 'staff');
    house.person('vic', '--role', 'viewer');
    const server = await house.serve();
    const browser = await browse();
    const people = {};
    for (const name of ['ada', 'max', 'otto', 'vic']) {
      people[name] = await open(t, browser, { viewport: desktop });
      await logInByForm(people[name], server, name);
    }
    const { ada, max } = people;
    const row = (page, text) => page.getByRole('row').filter({ hasText: text });
    const deed = (page, label, name) => row(page, label).getByRole('button', { name }).or(row(page, label).getByRole('link', { name })).first();
    const confirm = async (page, name) => {
      await page.getByRole('dialog').getByRole('button', { name }).click();
      await page.waitForLoadState();
    };
    const get = async (id) => (await call(server, 'GET', `/api/invite-codes/${id}/`, { token })).json;

    await t.test('Access control: who may open which portal', async () => {
      const may = { ada: [200, 200], max: [403, 200], otto: [403, 403], vic: [403, 403] };
      for (const [name, [admin, manager]] of Object.entries(may)) {
        assert.equal((await people[name].goto(`${server.url}/admin/invite-codes/`)).status(), admin, `${name} in /admin/`);
        assert.equal((await people[name].goto(`${server.url}/manager/invite-codes/`)).status(), manager, `${name} in /manager/`);
      }
    });

    await t.test('Manager Console → Quick Actions → Invite Codes', async () => {
      await max.goto(`${server.url}/manager/`);
      const quick = max.locator('section, nav, div').filter({ has: max.getByRole('heading', { name: 'Quick Actions' }) }).last();
      await quick.getByRole('link', { name: 'Invite Codes' }).click();
      assert.equal(new URL(max.url()).pathname, '/manager/invite-codes/');
    });

    for (const [name, page, portal] of [['Admin Portal', ada, 'admin'], ['Manager Portal', max, 'manager']])
      await t.test(`Creating in the ${name}: fill out the form and click Create Invite Code`, async () => {
        await page.goto(`${server.url}/${portal}/invite-codes/`);
        await page.getByRole('link', { name: 'Create New Invite Code' }).first().click();
        await page.getByLabel('Role', { exact: true }).first().selectOption('staff');
        await page.getByLabel('Task Group').selectOption('cleaning');
        await page.getByLabel('Max Uses').first().fill('1');
        await page.getByLabel('Expires after days').first().fill('30');
        await page.getByLabel('Notes').fill(`made in /${portal}/`);
        await page.getByLabel('Label').fill(`From ${portal}`);
        await page.getByRole('button', { name: 'Create Invite Code' }).click();
        await page.waitForURL(new RegExp(`/${portal}/invite-codes/\\d+/`));
        assert.match(await page.textContent('main'), new RegExp(`From ${portal}`));
      });

    let api;
    await t.test('Creating via the API: the documented call gives the documented answer', async () => {
      const answer = await call(server, 'POST', '/api/invite-codes/create/', {
        token, body: { role: 'staff', task_group: 'cleaning', max_uses: 5, expires_days: '30', notes: 'API created code' } });
      assert.equal(answer.status, 201);
      assert.equal(answer.json.success, true);
      api = answer.json.data;
      assert.equal(answer.json.message, `Invite code created: ${api.code}`);
      const { role, task_group, max_uses, used_count, is_active, is_usable, notes } = api;
      assert.deepEqual({ role, task_group, max_uses, used_count, is_active, is_usable, notes },
        { role: 'staff', task_group: 'cleaning', max_uses: 5, used_count: 0, is_active: true, is_usable: true, notes: 'API created code' });
    });

    await t.test('List: the documented addresses filter by role, task group, status and search', async () => {
      for (const [page, portal] of [[ada, 'admin'], [max, 'manager']]) {
        await page.goto(`${server.url}/${portal}/invite-codes/?role=staff&task_group=cleaning&status=active&search=${api.code.slice(0, 4)}`);
        assert.equal(await page.getByRole('row').count(), 2, 'the head and one code');
        await page.goto(`${server.url}/${portal}/invite-codes/?role=viewer&task_group=cleaning&status=active&search=${api.code.slice(0, 4)}`);
        assert.equal(await page.getByRole('row').count(), 0);
      }
    });

    await t.test('Edit: unused codes only', async () => {
      await ada.goto(`${server.url}/admin/invite-codes/${api.id}/`);
      await ada.getByLabel('Notes').fill('changed');
      await ada.getByRole('button', { name: 'Save Changes' }).click();
      await ada.waitForLoadState();
      assert.equal((await get(api.id)).notes, 'changed');
      assert.equal((await register(server, api.code, 'berta')).status, 201);
      await ada.goto(`${server.url}/admin/invite-codes/${api.id}/`);
      assert.equal(await ada.getByRole('button', { name: 'Save Changes' }).count(), 0);
      const refused = await call(server, 'PATCH', `/api/invite-codes/${api.id}/`, { token, body: { notes: 'again' } });
      assert.equal(refused.status, 409);
    });

    await t.test('Revoke, then Reactivate: Active → Revoked → Reactivated → Active', async () => {
      await max.goto(`${server.url}/manager/invite-codes/`);
      await deed(max, 'From manager', /^Revoke/).click();
      await confirm(max, 'Revoke');
      await max.goto(`${server.url}/manager/invite-codes/`);
      assert.match(await row(max, 'From manager').locator('.badge').first().getAttribute('class'), /tone-revoked/);
      await deed(max, 'From manager', /^Reactivate/).click();
      await max.waitForLoadState();
      await max.goto(`${server.url}/manager/invite-codes/`);
      assert.match(await row(max, 'From manager').locator('.badge').first().getAttribute('class'), /tone-active/);
    });

    await t.test('Revoke via the API', async () => {
      const code = await makeCode(server, token, {});
      const answer = await call(server, 'POST', `/api/invite-codes/${code.id}/revoke/`, { token });
      assert.deepEqual([answer.status, answer.json.success], [200, true]);
    });

    await t.test('Delete: unused codes only', async () => {
      await ada.goto(`${server.url}/admin/invite-codes/`);
      await deed(ada, 'From admin', /^Delete/).click();
      await confirm(ada, 'Delete');
      await ada.goto(`${server.url}/admin/invite-codes/`);
      assert.equal(await row(ada, 'From admin').count(), 0);
      assert.equal((await call(server, 'DELETE', `/api/invite-codes/${api.id}/`, { token })).status, 409);
    });

    await t.test('Usage: used count, max uses, used by, last used and the bar', async () => {
      await ada.goto(`${server.url}/admin/invite-codes/${api.id}/`);
      const text = await ada.textContent('main');
      for (const part of ['1 / 5', 'berta', 'Last used']) assert.ok(text.includes(part), part);
      assert.ok(await ada.locator('progress, [role=progressbar], meter').count() > 0);
    });

    await t.test('Errors: the documented answers', async () => {
      const role = await call(server, 'POST', '/api/invite-codes/create/', { token, body: { role: 'king' } });
      assert.deepEqual([role.status, role.json.error, role.json.details],
        [400, 'Invalid role', 'Role must be one of: staff, manager, admin, viewer']);
      const viewer = house.must('token', 'create', '--user', 'vic', '--scopes', 'me').match(/ost_[\w-]+/)[0];
      const denied = await call(server, 'POST', '/api/invite-codes/create/', { token: viewer, body: { role: 'staff' } });
      assert.deepEqual([denied.status, denied.json.error, denied.json.details],
        [403, 'Access denied', 'You do not have permission to manage invite codes']);
      const absent = await call(server, 'POST', '/api/invite-codes/999999/revoke/', { token });
      assert.deepEqual([absent.status, absent.json.error, absent.json.details],
        [404, 'Invite code not found', 'The requested invite code does not exist']);
    });

    await t.test('Performance: large lists are shown in pages of 20', async () => {
      for (let i = 0; i < 25; ++i) await makeCode(server, token, { label: `Page filler ${i}` });
      await ada.goto(`${server.url}/admin/invite-codes/?search=Page%20filler`);
      assert.equal(await row(ada, 'Page filler').count(), 20);
      await ada.getByRole('link', { name: /^Next|Older/ }).first().click();
      await ada.waitForURL(/cursor=/);
      await row(ada, 'Page filler 0').first().waitFor();
      assert.equal(await row(ada, 'Page filler').count(), 5);
    });

    await t.test('Audit trail: who, what, when and from where', async () => {
      await ada.goto(`${server.url}/admin/invite-codes/${api.id}/`);
      const text = await ada.locator('section', { has: ada.getByRole('heading', { name: 'History' }) }).textContent();
      for (const part of ['ada', 'created', 'changed', 'berta', '127.0.0.1']) assert.ok(text.includes(part), `${part} in ${text}`);
    });

    await t.test('Responsive: the list works on a phone', async () => {
      const mobile = await open(t, browser, { viewport: phone });
      await logInByForm(mobile, server, 'max');
      await mobile.goto(`${server.url}/manager/invite-codes/`);
      assert.ok(await mobile.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
      await mobile.getByText('From manager').first().waitFor();
    });
  });
}
