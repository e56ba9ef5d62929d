// The first document, sentence by sentence and in its order: the management portal.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, makeCode, password, register } from '../program/support.mjs';
import { browse, desktop, logInByForm, open } from './support.mjs';

const list = '/manage/invitations/';

for (const kind of ['sqlite']) {  // what another one does is asked in tests/store and tests/scenarios
  test(`The management portal on ${kind}`, async (t) => {
    const house = new Installation(t, kind);
    const token = house.person('ada', '--superuser');
    house.person('sam', '--staff');
    house.person('otto');
    house.must('aircraft', 'add', 'N12345');
    house.must('aircraft', 'add', 'N67890');
    const server = await house.serve();
    const browser = await browse();
    const sam = await open(t, browser, { viewport: desktop });
    await sam.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await logInByForm(sam, server, 'sam');

    const see = (path) => sam.goto(server.url + path);
    const row = (label) => sam.getByRole('row', { name: new RegExp(label) });
    const rowDeed = (label, deed) => row(label).getByRole('button', { name: deed }).or(row(label).getByRole('link', { name: deed }));
    const newest = async () => (await call(server, 'GET', '/api/invite-codes/?page_size=1', { token })).json.results[0];
    const clipboard = () => sam.evaluate(() => navigator.clipboard.readText());
    const openCode = async (label) => {
      await see(list);
      await row(label).getByRole('link', { name: label, exact: true }).click();
      await sam.waitForURL(/\/manage\/invitations\/\d+\//);
    };
    const confirm = async (deed) => {
      await sam.getByRole('dialog').getByRole('button', { name: deed }).click();
      await sam.waitForLoadState();
    };
    const guest = async (path) => {
      const page = await open(t, browser);
      await page.goto(server.url + path);
      return page;
    };
    const join = async (path, username) => {
      const page = await guest(path);
      await page.fill('[name=username]', username);
      if (await page.isEditable('[name=email]')) await page.fill('[name=email]', `${username}@example.org`);
      await page.fill('[name=password]', password);
      await page.fill('[name=password_confirm]', password);
      await page.getByRole('button', { name: 'Create account' }).click();
      await page.waitForURL(/\/welcome\//);
      return page;
    };
    const pathOf = (code) => new URL(code.registration_url).pathname;

    await t.test('Staff users have access to a Manage item in the top navigation bar', async () => {
      await see('/');
      await sam.getByRole('banner').getByRole('link', { name: 'Manage', exact: true }).first().click();
      assert.equal(new URL(sam.url()).pathname, list);
    });

    await t.test('The themed /admin/ is still available to superusers for raw data access', async () => {
      const ada = await open(t, browser, { viewport: desktop });
      await logInByForm(ada, server, 'ada');
      assert.equal((await ada.goto(`${server.url}/admin/`)).status(), 200);
      assert.equal((await see('/admin/')).status(), 403);
    });

    await t.test('The Manage item is only visible to staff accounts; regular owners and pilots do not see it', async () => {
      const otto = await open(t, browser, { viewport: desktop });
      await logInByForm(otto, server, 'otto');
      assert.equal(await otto.getByRole('link', { name: 'Manage', exact: true }).count(), 0);
      assert.equal((await otto.goto(server.url + list)).status(), 403);
    });

    await t.test('Navigate to Manage → Invitation Codes to see all codes', async () => {
      await makeCode(server, token, { label: 'Somebody else made this' });
      await see('/manage/users/');
      await sam.getByRole('navigation').getByRole('link', { name: 'Invitation Codes' }).first().click();
      await row('Somebody else made this').waitFor();
    });

    await t.test('The table shows Label, Email, Uses, Expires, Status and Actions', async () => {
      await see(list);
      const heads = (await sam.getByRole('columnheader').allTextContents()).map((text) => text.trim());
      for (const head of ['Label', 'Email', 'Uses', 'Expires', 'Status', 'Actions'])
        assert.ok(heads.some((text) => text.startsWith(head)), `${head} in ${heads}`);
    });

    await t.test('Creating: 1. Click New Invitation Code', async () => {
      await see(list);
      await sam.getByRole('link', { name: 'New Invitation Code' }).first().click();
      assert.equal(new URL(sam.url()).pathname, '/manage/invitations/new/');
    });

    await t.test('Creating: Label is required', async () => {
      await sam.getByRole('button', { name: 'Create Code' }).click();
      assert.match(await sam.getByRole('alert').first().textContent(), /Label is required/);
    });

    await t.test('Creating: 2. Fill in Label, Email, Name, Max Uses and Expires At; 3. Click Create Code', async () => {
      await sam.getByLabel('Label').fill('Club XYZ - Spring 2026');
      await sam.getByLabel('Email', { exact: false }).first().fill('bob@example.org');
      await sam.getByLabel('Name', { exact: false }).first().fill('Bob Builder');
      await sam.getByLabel('Max Uses').first().fill('10');
      await sam.getByLabel('Expires At').fill('2099-05-03T12:00');
      await sam.getByRole('button', { name: 'Create Code' }).click();
      await sam.waitForURL(/\/manage\/invitations\/\d+\//);
    });

    await t.test('The new code appears in the table with an “Active” badge', async () => {
      await see(list);
      const text = await row('Club XYZ - Spring 2026').textContent();
      for (const part of ['bob@example.org', '0 / 10', '3 May 2099', 'Active']) assert.ok(text.includes(part), `${part} in ${text}`);
    });

    await t.test('Max Uses blank means unlimited, and Expires At blank means no expiration', async () => {
      await see('/manage/invitations/new/');
      await sam.getByLabel('Label').fill('Open house');
      await sam.getByRole('button', { name: 'Create Code' }).click();
      await see(list);
      const text = await row('Open house').textContent();
      assert.match(text, /0 \/ ∞/);
      assert.match(text, /Never/);
    });

    await t.test('Anyone who opens the registration link can create an account', async () => {
      await join(pathOf(await newest()), 'carla');
      await see(list);
      assert.match(await row('Open house').textContent(), /1 \/ ∞/);
    });

    await t.test('Email: the registration form is pre-filled, and the code is for that one person', async () => {
      const code = (await call(server, 'GET', '/api/invite-codes/?search=Club%20XYZ', { token })).json.results[0];
      const page = await guest(pathOf(code));
      assert.equal(await page.inputValue('[name=email]'), 'bob@example.org');
      assert.equal(await page.isEditable('[name=email]'), false);
      assert.equal(await page.inputValue('[name=name]'), 'Bob Builder');
      assert.equal((await register(server, code.code, 'somebody')).status, 400);
    });

    await t.test('Actions: copy the registration link', async () => {
      await see(list);
      await rowDeed('Open house', /Copy link/).click();
      await sam.waitForFunction(async () => (await navigator.clipboard.readText()).includes('/register/'));
      assert.equal(await clipboard(), (await newest()).registration_url);
    });

    await t.test('Toggling: Click Deactivate to disable a code without deleting it', async () => {
      await rowDeed('Open house', /^Deactivate/).click();
      await sam.waitForLoadState();
      await row('Open house').getByText('Inactive').waitFor();
    });

    await t.test('Toggling: links to a deactivated code show an “invalid code” message to anyone who opens them', async () => {
      const page = await guest(pathOf(await newest()));
      assert.match(await page.textContent('main'), /Invalid invite code/);
    });

    await t.test('Toggling: deactivated codes can be re-activated at any time by clicking Activate', async () => {
      await see(list);
      await rowDeed('Open house', /^Activate/).click();
      await row('Open house').getByText('Active', { exact: true }).waitFor();
      const page = await guest(pathOf(await newest()));
      assert.match(await page.textContent('main'), /Create account/);
    });

    await t.test('Status: grey “Inactive”, red “Expired/Exhausted”, and never by colour alone', async () => {
      const gone = await makeCode(server, token, { label: 'Used up', max_uses: 1 });
      assert.equal((await register(server, gone.code, 'dora')).status, 201);
      await see(list);
      const badge = row('Used up').locator('.badge');
      assert.equal((await badge.textContent()).trim(), 'Expired/Exhausted');
      assert.match(await badge.getAttribute('class'), /tone-revoked/);
      assert.equal(await badge.locator('svg').count(), 1);
    });

    await t.test('Deleting: click the trash icon and confirm; accounts created with the code are not affected', async () => {
      await see(list);
      await rowDeed('Used up', /^Delete/).click();
      await confirm('Delete');
      await see(list);
      assert.equal(await row('Used up').count(), 0);
      const users = (await call(server, 'GET', '/api/users/?search=dora', { token })).json.results;
      assert.equal(users[0].is_active, true);
    });

    await t.test('MNG-3 Detail: click a code’s label to open its detail page', async () => {
      await openCode('Open house');
      assert.match(await sam.getByRole('heading', { level: 1 }).textContent(), /Open house/);
    });

    await t.test('MNG-3 Detail: edit the label, email, name, max uses, expires at and active status, then click Save Changes', async () => {
      await sam.getByLabel('Label').fill('Open house 2');
      await sam.getByLabel('Name', { exact: false }).first().fill('Guest');
      await sam.getByLabel('Max Uses').first().fill('3');
      await sam.getByLabel('Expires At').fill('2098-01-02T10:00');
      await sam.getByLabel('Active').uncheck();
      await sam.getByRole('button', { name: 'Save Changes' }).click();
      await sam.waitForLoadState();
      const code = await newest();
      const all = [code, ...(await call(server, 'GET', '/api/invite-codes/?search=Open%20house', { token })).json.results];
      const saved = all.find((one) => one.label === 'Open house 2');
      assert.deepEqual([saved.name, saved.max_uses, saved.is_active, saved.expires_at.slice(0, 4)], ['Guest', 3, false, '2098']);
      await sam.getByLabel('Active').check();
      await sam.getByRole('button', { name: 'Save Changes' }).click();
      await sam.waitForLoadState();
    });

    await t.test('MNG-3 Detail: copy the full registration link', async () => {
      await openCode('Open house 2');
      const link = await sam.getByLabel('Registration link', { exact: true }).inputValue();
      await sam.evaluate(() => navigator.clipboard.writeText(''));
      await sam.getByRole('main').getByRole('button', { name: /^Copy link/ }).first().click();
      await sam.waitForFunction(async () => (await navigator.clipboard.readText()).includes('/register/'));
      assert.equal(await clipboard(), link);
    });

    await t.test('Initial aircraft roles: 1. select an aircraft, 2. choose Pilot or Owner, 3. click Add', async () => {
      for (const [aircraft, role] of [['N12345', 'Pilot'], ['N67890', 'Owner']]) {
        await sam.locator('[name=aircraft]').last().selectOption(aircraft);
        await sam.locator('[name=aircraft_role]').last().selectOption({ label: role });
        await sam.getByRole('button', { name: 'Add', exact: true }).click();
        await sam.waitForLoadState();
      }
      const text = await sam.getByRole('main').textContent();
      assert.match(text, /N12345\s*Pilot/);
      assert.match(text, /N67890\s*Owner/);
    });

    await t.test('Initial aircraft roles: whoever registers is granted them', async () => {
      const page = await join(new URL(await sam.getByLabel('Registration link', { exact: true }).inputValue()).pathname, 'erik');
      const granted = await page.textContent('main');
      assert.match(granted, /N12345/);
      assert.match(granted, /N67890/);
    });

    await t.test('Initial aircraft roles: click the X to remove one; who already redeemed the code is not affected', async () => {
      await sam.reload();
      await sam.getByRole('button', { name: 'Remove N67890' }).click();
      await sam.waitForLoadState();
      assert.equal(await sam.getByRole('button', { name: 'Remove N67890' }).count(), 0);
      const erik = (await call(server, 'GET', '/api/users/?search=erik', { token })).json.results[0];
      assert.deepEqual(erik.aircraft_access.map((held) => held.role).sort(), ['owner', 'pilot']);
      const page = await join(new URL(await sam.getByLabel('Registration link', { exact: true }).inputValue()).pathname, 'fran');
      assert.doesNotMatch(await page.textContent('main'), /N67890/);
    });

    await t.test('Redemptions: a read-only table of who has redeemed the code and when', async () => {
      await openCode('Open house 2');
      const section = sam.locator('section', { has: sam.getByRole('heading', { name: 'Redemptions' }) });
      const text = await section.textContent();
      for (const name of ['carla', 'erik', 'fran']) assert.ok(text.includes(name), `${name} in ${text}`);
      assert.equal(await section.locator('time').count(), 3);
      assert.equal(await section.locator('button, input').count(), 0);
    });

    await t.test('Users: Manage → Users shows Username, Name, Email, Joined and Last Login of all registered users', async () => {
      await see('/manage/users/');
      const heads = (await sam.getByRole('columnheader').allTextContents()).join(' ');
      for (const head of ['Username', 'Name', 'Email', 'Joined', 'Last Login', 'Aircraft Access']) assert.ok(heads.includes(head), heads);
      for (const name of ['ada', 'sam', 'otto', 'carla', 'dora', 'erik', 'fran']) assert.ok(await row(name).count() > 0, name);
    });

    await t.test('Users: a Staff badge, and an Active or Inactive badge', async () => {
      house.must('user', 'deactivate', 'otto');
      await sam.reload();
      assert.match(await row('sam@ostiary').textContent(), /Staff[\s\S]*Active/);
      assert.match(await row('otto@ostiary').textContent(), /Inactive/);
    });

    await t.test('Users: Aircraft Access is a summary of roles, and “—” if there are none', async () => {
      assert.match(await row('erik@').textContent(), /N12345 \(pilot\), N67890 \(owner\)/);
      assert.match(await row('carla@').textContent(), /—/);
    });

    await t.test('Users: superusers see an Edit in Admin link next to each user', async () => {
      assert.equal(await sam.getByRole('link', { name: /Edit in Admin/ }).count(), 0);
      const ada = await open(t, browser, { viewport: desktop });
      await logInByForm(ada, server, 'ada');
      await ada.goto(`${server.url}/manage/users/`);
      await ada.getByRole('row', { name: /erik@/ }).getByRole('link', { name: /Edit in Admin/ }).click();
      assert.match(new URL(ada.url()).pathname, /^\/admin\/users\/.+\/$/);
      assert.equal(await ada.inputValue('[name=email]'), 'erik@example.org');
    });
  });
}
