// The second document, task by task and in its order: the administrator's guide.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, makeCode, password, register } from '../program/support.mjs';
import { browse, desktop, logInByForm, open } from './support.mjs';

const list = '/admin/invite-codes/';

for (const kind of ['postgres']) {  // what another one does is asked in tests/store and tests/scenarios
  test(`The administrator's guide on ${kind}`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    house.person('otto');
    house.must('aircraft', 'add', 'N12345');
    const server = await house.serve();
    const browser = await browse();
    const ada = await open(t, browser, { viewport: desktop, acceptDownloads: true });
    await ada.context().grantPermissions(['clipboard-read', 'clipboard-write']);

    const see = (path) => ada.goto(server.url + path);
    const main = () => ada.getByRole('main');
    const row = (text) => ada.getByRole('row').filter({ hasText: text });
    const deed = (label, name) => row(label).getByRole('button', { name }).or(row(label).getByRole('link', { name })).first();
    const confirm = async (name) => {
      await ada.getByRole('dialog').getByRole('button', { name }).click();
      await ada.waitForLoadState();
    };
    const find = async (label) => (await call(server, 'GET', `/api/invite-codes/?search=${encodeURIComponent(label)}`, { token })).json.results[0];
    const create = async (fill) => {
      await see('/admin/create-invite-code/');
      await fill();
      await ada.getByRole('button', { name: 'Create Invite Code' }).click();
      await ada.waitForURL(/\/admin\/invite-codes\/\d+\//);
    };
    const act = async (labels, action) => {
      await see(list);
      for (const label of labels) await row(label).getByRole('checkbox').check();
      await ada.getByLabel('Action', { exact: true }).selectOption({ label: action });
      await ada.getByRole('button', { name: 'Go', exact: true }).click();
    };
    const told = async (words) => main().getByText(words).first().waitFor();
    const join = (code, username) => register(server, code, username);

    await t.test('Accessing: log in to the admin panel and click Invite Codes', async () => {
      await see('/admin/');
      assert.match(ada.url(), /\/login\/\?next=/);
      await ada.fill('[name=username]', 'ada');
      await ada.fill('[name=password]', password);
      await ada.click('main button[type=submit]');
      await ada.waitForURL(/\/admin\/$/);
      await ada.getByRole('navigation').getByRole('link', { name: 'Invite Codes' }).first().click();
      assert.equal(new URL(ada.url()).pathname, list);
    });

    await t.test('Permissions: only superusers can open the admin panel', async () => {
      const otto = await open(t, browser);
      await logInByForm(otto, server, 'otto');
      const answer = await otto.goto(server.url + list);
      assert.equal(answer.status(), 403);
      assert.match(await otto.textContent('main'), /permission/);
    });

    await t.test('Create: click Create New Invite Code', async () => {
      await see(list);
      await ada.getByRole('link', { name: 'Create New Invite Code' }).first().click();
      assert.equal(new URL(ada.url()).pathname, '/admin/create-invite-code/');
    });

    await t.test('Create: choose the role and the task group', async () => {
      const texts = async (name) => (await ada.locator(`[name=${name}] option`).allTextContents()).map((text) => text.trim());
      assert.deepEqual(await texts('role'), ['Staff', 'Manager', 'Admin', 'Viewer']);
      assert.deepEqual(await texts('task_group'), ['General', 'Cleaning', 'Maintenance', 'Laundry', 'Lawn/Pool']);
    });

    await t.test('Create: single use, with an expiration in days and notes, gives a code of eight characters', async () => {
      await create(async () => {
        await ada.getByLabel('Role', { exact: true }).first().selectOption('staff');
        await ada.getByLabel('Task Group').selectOption('cleaning');
        await ada.getByLabel('Max Uses').first().fill('1');
        await ada.getByLabel('Expires after days').first().fill('30');
        await ada.getByLabel('Label').fill('New cleaning staff');
        await ada.getByLabel('Notes').fill('For the spring crew');
      });
      const code = await find('New cleaning staff');
      assert.match(code.code, /^[0-9A-HJKMNP-TV-Z]{8}$/);
      assert.deepEqual([code.role, code.task_group, code.max_uses, code.notes], ['staff', 'cleaning', 1, 'For the spring crew']);
      const days = (Date.parse(code.expires_at) - Date.now()) / 86_400_000;
      assert.ok(days > 29.9 && days < 30.1, String(days));
    });

    await t.test('Create: multiple use takes a number; blank or 0 is unlimited; no expiration when left blank', async () => {
      for (const [label, uses, expected] of [['Five times', '5', 5], ['Blank', '', null], ['Nought', '0', null]]) {
        await create(async () => {
          await ada.getByLabel('Label').fill(label);
          await ada.getByLabel('Max Uses').first().fill(uses);
        });
        const code = await find(label);
        assert.equal(code.max_uses || null, expected, label);
        assert.equal(code.expires_at, null);
      }
    });

    await t.test('Viewing all codes: every column of the guide', async () => {
      await see(list);
      const heads = (await ada.getByRole('columnheader').allTextContents()).join(' ');
      for (const head of ['Code', 'Created By', 'Role', 'Task Group', 'Usage', 'Status', 'Expires', 'Created']) assert.ok(heads.includes(head), head);
      const text = await row('New cleaning staff').textContent();
      for (const part of ['ada', 'Staff', 'Cleaning', '0 / 1', 'Active']) assert.ok(text.includes(part), `${part} in ${text}`);
    });

    await t.test('Filtering: by role, task group and status; searching: code, creator and notes', async () => {
      await makeCode(server, token, { label: 'For a manager', role: 'manager', task_group: 'laundry', notes: 'needle in hay' });
      const off = await makeCode(server, token, { label: 'Switched off' });
      await call(server, 'POST', `/api/invite-codes/${off.id}/revoke/`, { token });
      const manager = await find('For a manager');
      for (const [query, there, absent] of [
        ['role=manager', 'For a manager', 'Five times'], ['task_group=laundry', 'For a manager', 'Five times'],
        ['status=inactive', 'Switched off', 'Five times'], ['status=active', 'Five times', 'Switched off'],
        ['search=needle', 'For a manager', 'Five times'], [`search=${manager.code.slice(2, 6)}`, 'For a manager', 'Five times'],
      ]) {
        await see(`${list}?${query}`);
        assert.equal(await row(there).count(), 1, query);
        assert.equal(await row(absent).count(), 0, query);
      }
      await see(`${list}?search=ada`);
      assert.ok(await row('Five times').count() === 1);
      await see(list);
      await ada.getByLabel('Role', { exact: true }).first().selectOption('manager');
      await row('Five times').waitFor({ state: 'detached' });
      assert.match(ada.url(), /role=manager/);
    });

    await t.test('Bulk: check boxes, “Deactivate selected invite codes”, Go, and the number is confirmed', async () => {
      await act(['Five times', 'Nought'], 'Deactivate selected invite codes');
      await told(/2 codes/);
      await ada.getByRole('button', { name: /^(Deactivate|Revoke)/ }).last().click();
      await told(/2 codes/);
      assert.equal((await find('Five times')).is_active, false);
      assert.equal((await find('Nought')).is_active, false);
      assert.equal((await find('Blank')).is_active, true);
    });

    await t.test('Bulk: “Activate selected invite codes” makes them usable again', async () => {
      await act(['Five times', 'Nought'], 'Activate selected invite codes');
      await told(/2 codes/);
      await ada.getByRole('button', { name: /^(Activate|Reactivate)/ }).last().click();
      await told(/2 codes/);
      assert.equal((await find('Five times')).is_usable, true);
    });

    await t.test('Bulk: “Export selected invite codes to CSV” downloads the data', async () => {
      await see(list);
      for (const label of ['Five times', 'New cleaning staff']) await row(label).getByRole('checkbox').check();
      await ada.getByLabel('Action', { exact: true }).selectOption({ label: 'Export selected invite codes to CSV' });
      const [download] = await Promise.all([ada.waitForEvent('download'), ada.getByRole('button', { name: 'Go', exact: true }).click()]);
      const chunks = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk);
      const lines = Buffer.concat(chunks).toString('utf8').replace(/^\uFEFF/, '').trimEnd().split('\r\n');
      assert.equal(lines.length, 3);
      for (const head of ['Code', 'Label', 'Creator', 'Role', 'Task Group', 'Usage', 'Status', 'Expires', 'Created', 'Notes'])
        assert.ok(lines[0].includes(head), `${head} in ${lines[0]}`);
      assert.ok(lines.some((line) => line.includes('For the spring crew')));
    });

    await t.test('ADM-3 View details: usage history, statistics and who has used the code', async () => {
      const code = await find('Five times');
      assert.equal((await join(code.code, 'gerda')).status, 201);
      await see(list);
      await row('Five times').getByRole('link', { name: /Five times|[0-9A-Z]{4} ?[0-9A-Z]{4}/ }).first().click();
      await ada.waitForURL(/\/admin\/invite-codes\/\d+\//);
      const text = await main().textContent();
      for (const part of ['1 / 5', 'gerda', 'Last used']) assert.ok(text.includes(part), part);
    });

    await t.test('Copy: the Copy button copies the code and says so', async () => {
      await see(list);
      const code = await find('Five times');
      await row('Five times').getByRole('button', { name: /^Copy(?! link)/ }).first().click();
      await ada.getByText(/Copied/).first().waitFor();
      assert.equal(await ada.evaluate(() => navigator.clipboard.readText()), code.code);
    });

    await t.test('Revoke: confirms before, and the code is unusable immediately', async () => {
      await see(list);
      await deed('Blank', /^Revoke/).click();
      await confirm('Revoke');
      const code = await find('Blank');
      assert.equal(code.is_active, false);
      const refused = await join(code.code, 'nobody');
      assert.deepEqual([refused.status, refused.json.error], [400, 'Invalid invite code']);
    });

    await t.test('Status indicators: active green, inactive red, expired yellow, near its limit a warning', async () => {
      await makeCode(server, token, { label: 'Near its limit', max_uses: 5 });
      const near = await find('Near its limit');
      for (const name of ['n1', 'n2', 'n3', 'n4']) assert.equal((await join(near.code, `near-${name}`)).status, 201);
      await see(list);
      for (const [label, tone] of [['New cleaning staff', 'active'], ['Blank', 'revoked'], ['Near its limit', 'warning']])
        assert.match(await row(label).locator('.badge').first().getAttribute('class'), new RegExp(`tone-${tone}`), label);
    });

    await t.test('Troubleshooting: why does a code not work', async () => {
      const code = await find('Blank');
      const why = await call(server, 'GET', `/api/invite-codes/explain/?code=${code.code}`, { token });
      assert.match(JSON.stringify(why.json), /switched off/);
    });

    await t.test('Troubleshooting: username or email already exists, and a password of eight characters', async () => {
      const code = await find('New cleaning staff');
      for (const [change, words] of [[{ username: 'ADA' }, 'Username already exists'], [{ email: 'gerda@example.org' }, 'Email already exists'],
                                     [{ password: 'short', password_confirm: 'short' }, 'at least 8 characters']]) {
        const body = { invite_code: code.code, username: 'hans', email: 'hans@example.org', password, password_confirm: password, ...change };
        const refused = await call(server, 'POST', '/api/register/', { body });
        assert.equal(refused.status, 400);
        assert.ok(refused.text.includes(words), refused.text);
      }
      assert.equal((await find('New cleaning staff')).used_count, 0);
    });
  });
}
