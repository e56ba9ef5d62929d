// Every page there is, in a house with something of everything in it. The map of routes says which pages there are: one
// that is new is walked too, or the walk fails and asks how to get there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { Installation, call, makeCode, program, register } from '../program/support.mjs';

const not_pages =
  /^\/(api\/(?!docs\/)|assets\/|healthz|readyz|metrics|live\/|(admin|manager)\/reports\/\{name\}|(admin|manage)\/users\/export\.csv|admin\/audit\/export\.|scim\/|.*\.csv$)/;

// The patterns of all pages, as the program prints them: '/admin/users/{id}/'.
export function pageRoutes() {
  const table = execFileSync(program, ['docs', 'routes'], { encoding: 'utf8' });
  const rows = [...table.matchAll(/^\| GET \| `([^`]+)` \|/gm)].map(([, path]) => path).filter((path) => !not_pages.test(path));
  assert.ok(rows.length > 50, `the map of routes names only ${rows.length} pages`);
  return rows;
}

// Those that wait, once there are so many.
export async function alerts(server, token, count) {
  for (let i = 0; i < 200; ++i) {
    const { results } = (await call(server, 'GET', '/api/alerts/', { token })).json;
    if (results.length >= count) return results;
    await later(100);
  }
  throw new Error(`there are no ${count} alerts`);
}

// What came of the file of people as it is now, once it was fetched or applied.
async function settled(server, token, id, state) {
  for (let i = 0; i < 200; ++i) {
    const { json } = await call(server, 'GET', `/api/pulls/${id}/`, { token });
    if (json.state === state) return id;
    await later(100);
  }
  throw new Error(`the pull ${id} never is ${state}`);
}

async function pull(server, token, file, lines, state) {
  writeFileSync(file, `id;name;email;role;aircraft roles\n${lines.join('\n')}\n`);
  const asked = await call(server, 'POST', '/api/pulls/', { token });
  assert.equal(asked.status, 202, asked.text);
  return settled(server, token, asked.json.data.id, state);
}

// Something of everything; `codes` has one of each status under its name.
export async function furnish(t) {
  const house = new Installation(t, 'sqlite', { OSTIARY_REQUESTS_OPEN: 'on', OSTIARY_REQUESTS_TASK_GROUPS: 'on', OSTIARY_QUOTA_CODES: '500' });
  const ada = house.person('ada', '--superuser');
  const max = house.person('max', '--role', 'manager');
  const people = { ada, max, sam: house.person('sam', '--staff'), otto: house.person('otto') };
  const hr = join(house.data, 'people.csv');
  writeFileSync(hr, 'id;email\n');
  house.env.OSTIARY_PULL_SOURCE = hr;
  const server = await house.serve();
  const codes = {};
  const furnishing = async () => {
    for (const registration of ['N12345', 'N67890', 'D-ELKA']) house.must('aircraft', 'add', registration);
    const together = { action: 'create', count: 12, label: 'Open day', template: 'Temporary Contractor', task_group: 'cleaning' };
    const batch = await call(server, 'POST', '/api/invite-codes/bulk/', { token: ada, body: together });
    assert.equal(batch.status, 200, batch.text);
    codes.batch = batch.json.batch;
    const invitees = ['Ann Amsel <ann@people.example.org>', ...Array.from({ length: 8 }, (_, i) => `guest-${i}@a-department.of.an-organisation.example.org`)];
    const invited = await call(server, 'POST', '/api/invite-codes/invite/', { token: ada, body: { people: invitees, task_group: 'cleaning', label: 'The club' } });
    assert.equal(invited.status, 201, invited.text);
    codes.invited = invited.json.data.batch;
    codes.changed = {};  // and these
    codes.recalled = {};  // by each of these, who alone may look at it
    for (const [who, token] of [['ada', ada], ['max', max], ['sam', people.sam]]) {
      const mine = await makeCode(server, token, { label: `Leaked by ${who}`, task_group: 'cleaning', max_uses: 9 });
      assert.equal((await register(server, mine.code, `came-by-${who}`)).status, 201);
      const body = { scope: 'code', subject: mine.id, reason: 'It was leaked', deactivate_accounts: who === 'ada' };
      const recall = await call(server, 'POST', '/api/recalls/', { token, body });
      assert.equal(recall.status, 201, recall.text);
      codes.recalled[who] = recall.json.data.id;
      const change = { action: 'edit', as_job: true, ids: [mine.id, 99_999], fields: { notes: 'Do not hand out' } };
      const job = await call(server, 'POST', '/api/invite-codes/bulk/', { token, body: change });
      assert.equal(job.status, 202, job.text);
      codes.changed[who] = job.json.job;
    }
    const known = ['otto', 'sam', 'max'].map((who) => `${who};;${who}@ostiary.test;;`);
    const first = await pull(server, ada, hr, [...known, '7;Mia Meise;mia.meise@a-department.of.an-organisation.example.org;staff;'], 'waiting');
    assert.equal((await call(server, 'POST', `/api/pulls/${first}/apply/`, { token: ada, body: {} })).status, 202);
    await settled(server, ada, first, 'applied');
    codes.pulls = [first, await pull(server, ada, hr, ['7;Mia Meise-Uhu;mia@example.org;viewer;N12345:pilot, N67890:owner',
      '8;Somebody with rather a long name;a.very.long.address.of.somebody@a-department.of.an-organisation.example.org;;', '9;Cec;cec@example.org;king;'], 'waiting')];
    codes.imported = {};  // by each of these, who alone may look at it
    for (const who of ['ada', 'max', 'sam']) {
      const file = await fetch(`${server.url}/api/invite-codes/import/?mode=good`, {
        method: 'POST', headers: { authorization: `Bearer ${{ ada, max, sam: people.sam }[who]}`, 'content-type': 'text/csv' },
        body: `label,role,task group\nThe crew of ${who},staff,cleaning\nKings,king,cleaning\n`,
      });
      assert.equal(file.status, 200);
      codes.imported[who] = (await file.json()).import;
    }
    const make = async (name, body, token = ada) => {
      codes[name] = await makeCode(server, token, { label: `The ${name} code`, ...body });
      return codes[name];
    };
    const pilot = { aircraft_roles: [{ aircraft: 'N12345', role: 'pilot' }, { aircraft: 'N67890', role: 'owner' }] };
    await make('expired', { expires_at: new Date(Date.now() + 1500).toISOString() });
    const expired = later(1600);
    await make('active', { ...pilot, task_group: 'lawn_pool', expires_days: 3, notes: 'Two lines\nof notes', tags: ['spring', 'summer'] });
    await make('unlimited', { max_uses: 0, label: 'Everybody who comes to the open day of the flying club in the second week of spring' });
    await make('mail', { email: 'a.very.long.address.of.somebody@a-department.of.an-organisation.example.org', max_uses: 1 });
    for (const [name, used] of [['warning', 4], ['exhausted', 5], ['used', 2]]) {
      const code = await make(name, { max_uses: 5, ...pilot });
      for (let i = 0; i < used; ++i) assert.equal((await register(server, code.code, `${name}-${i}`)).status, 201);
    }
    await make('pending', { role: 'admin' }, max);
    await make('rejected', { role: 'admin' }, max);
    const rejected = await call(server, 'POST', `/api/invite-codes/${codes.rejected.id}/reject/`, { token: ada, body: { reason: 'Too much' } });
    assert.equal(rejected.status, 200);
    await make('team', { max_uses: 5, task_group: 'cleaning' });
    await make('inactive', {});
    assert.equal((await call(server, 'POST', `/api/invite-codes/${codes.inactive.id}/revoke/`, { token: ada })).status, 200);
    await make('scheduled', { starts_at: new Date(Date.now() + 86400_000).toISOString() });
    for (let i = 0; i < 12; ++i) await make(`further ${i}`, { max_uses: i });
    for (const [name, group] of [['Una Uhu', 'general'], ['Bob of the cleaning department with rather a long name', 'cleaning'], ['Cec', 'cleaning']]) {
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@a-department.of.an-organisation.example.org`;
      const message = 'Ann told me that you clean better than anybody else.\nMay I come along and see how it is done?';
      const asked = await call(server, 'POST', '/api/requests/', { body: { name, email, message, task_group: group } });
      assert.equal(asked.status, 202, asked.text);
    }
    const waiting = (await call(server, 'GET', '/api/requests/', { token: ada })).json.results;
    codes.request = waiting[1];
    const declined = await call(server, 'POST', `/api/requests/${waiting[2].id}/decline/`, { token: ada, body: { reason: 'We are enough' } });
    assert.equal(declined.status, 200, declined.text);
    codes.declined = waiting[2];
    house.must('user', 'deactivate', 'used-1');
    const hook = await call(server, 'POST', '/api/webhooks/', { token: ada, body: { url: 'https://hooks.example.org/a/rather/long/path/to/receive/what/happens/here' } });
    assert.equal(hook.status, 201);
    for (let i = 0; i < 20; ++i) assert.equal((await register(server, 'NEVERWAS', `nobody-${i}`)).status, 400);
    for (let i = 0; i < 4; ++i) assert.equal((await call(server, 'POST', '/api/redemptions/', { token: ada, body: { code: codes.team.code, subject: `${i}` } })).status, 201);
    await alerts(server, ada, 3);
    await expired;
  };
  return { house, server, people, codes, furnish: furnishing };
}

const portals = [['ada', '/admin/invite-codes/', '/admin/create-invite-code/'],
                 ['max', '/manager/invite-codes/', '/manager/create-invite-code/'], ['sam', '/manage/invitations/', '/manage/invitations/new/']];
const asked_of = { revoke: 'active', reactivate: 'expired', extend: 'active', delete: 'inactive', reject: 'pending', qr: 'active' };

// Who walks there, unless the person is a guest.
export function walkerOf(path) {
  if (/^\/(account|welcome|palette)\//.test(path)) return 'otto';
  return { admin: 'ada', manager: 'max', manage: 'sam' }[path.split('/')[1]] ?? 'guest';
}

// What stands for the gaps of a route: the addresses to go to. `page` is the walker's, who may look for them.
export async function addressesOf(route, { server, codes }, page) {
  if (!route.includes('{')) return [route];
  const firstLink = async (path, selector) => {
    await page.goto(server.url + path);
    return page.locator(selector).first().getAttribute('href');
  };
  if (route.endsWith('/approvals/{request}/')) return [codes.request, codes.declined].map(({ id }) => route.replace('{request}', id));
  const portal = portals.find(([, list]) => route.startsWith(list));
  if (portal) {
    if (route.includes('{batch}')) return [codes.batch, codes.invited].map((batch) => route.replace('{batch}', batch));
    if (route.includes('{job}')) return [route.replace('{job}', codes.changed[portal[0]])];
    if (route.includes('{import}')) return [route.replace('{import}', codes.imported[portal[0]])];
    const deed = route.slice(portal[1].length).split('/')[1];
    const shown = deed ? [asked_of[deed]] : ['active', 'mail', 'expired', 'exhausted', 'used', 'pending', 'rejected', 'inactive', 'scheduled'];
    return shown.map((name) => codes[name] && route.replace('{id}', codes[name].id));
  }
  if (route === '/admin/pulls/{pull}/') return codes.pulls.map((id) => route.replace('{pull}', id));
  if (route.includes('{recall}')) return [route.replace('{recall}', codes.recalled[walkerOf(route)])];
  if (route === '/register/{token}/{rest}/') return [`${new URL(codes.active.registration_url).pathname})`];
  if (route === '/register/{token}/') return ['active', 'mail'].map((name) => new URL(codes[name].registration_url).pathname);
  if (route === '/password-reset/{token}/') return [route.replace('{token}', 'A'.repeat(22))];  // a living one is among the states
  if (route.startsWith('/admin/users/{id}/'))
    return [route.replace('/admin/users/{id}/', await firstLink('/admin/users/?search=used-0', 'tbody a:has-text("Edit in Admin")'))];
  if (route.startsWith('/admin/templates/{id}/'))
    return [route.replace('/admin/templates/{id}/', await firstLink('/admin/templates/', '.template-words h2 a'))];
  if (route.startsWith('/admin/webhooks/{id}/'))
    return [route.replace('/admin/webhooks/{id}/', await firstLink('/admin/webhooks/', 'main a.row-title'))];
  if (route.startsWith('/admin/aircraft/{registration}/')) return [route.replace('{registration}', 'N12345')];
  if (route === '/admin/data/{table}/') return ['account', 'code', 'event', 'session'].map((table) => route.replace('{table}', table));
  if (route === '/admin/data/{table}/new/') return [route.replace('{table}', 'account')];
  if (route.startsWith('/admin/data/{table}/row/{row}/'))
    return [route.replace('/admin/data/{table}/row/{row}/', await firstLink('/admin/data/code/', 'tbody a:has-text("Open")'))];
  return [undefined];
}

const submit = (selector = 'main form button[type=submit]') => async (page) => {
  await page.locator(selector).first().click();
  await page.waitForLoadState();
};
const posted = (path, fill, selector) => async (page, { server }) => {
  await page.goto(server.url + path);
  await fill?.(page);
  await submit(selector)(page);
};
const bulk = (list, action, names) => async (page, { server, codes }) => {
  await page.goto(`${server.url}${list}${names.length ? '' : '?search=used'}`);
  for (const name of names) await page.check(`[name=ids][value="${codes[name].id}"]`);
  await page.selectOption('[name=action]', action);
  await submit('.bulk button[type=submit]')(page);
};

// States that no address alone shows: who, what, and how to get there.
export function states({ codes }) {
  const all = [
    ['guest', 'REG-5 a registration with everything wrong', posted(new URL(codes.active.registration_url).pathname, async (page) => {
      await page.fill('[name=username]', 'ada');
      await page.fill('[name=email]', 'no address');
      await page.fill('[name=password]', 'short');
    })],
    ['guest', 'REG-4 a code that does not work', (page, { server }) => page.goto(`${server.url}/register/?code=WRONG-CODE`)],
    ['guest', 'a log-in refused', posted('/login/', async (page) => {
      await page.fill('[name=username]', 'ada');
      await page.fill('[name=password]', 'wrong');
    })],
    ['guest', 'a password reset asked for', posted('/password-reset/', (page) => page.fill('[name=username]', 'ada'))],
    ['guest', 'nothing at this address (404)', (page, { server }) => page.goto(`${server.url}/nothing/`)],
    ['guest', 'APPR-1 a request with everything wrong', posted('/request-invitation/', (page) => page.fill('[name=email]', 'no address'))],
    ['guest', 'APPR-1 a request that was sent', posted('/request-invitation/', async (page) => {
      await page.fill('[name=name]', 'Dan');
      await page.fill('[name=email]', 'dan@example.org');
      await page.fill('[name=message]', 'Please');
    })],
    ['ada', 'APPR-1 requests that were declined', (page, { server }) => page.goto(`${server.url}/admin/approvals/?show=declined`)],
    ['otto', 'REG-8 access to be added', (page, { server }) => page.goto(server.url + new URL(codes.active.registration_url).pathname)],
    ['otto', 'PERM-3 access denied (403)', (page, { server }) => page.goto(`${server.url}/admin/`)],
    ['otto', 'a password not changed', posted('/account/', async (page) => {
      await page.fill('[name=current_password]', 'wrong');
    }, 'form[action="/account/password/"] button[type=submit]')],
    ['otto', 'API-4 a token made', posted('/account/', (page) => page.fill('form[action="/account/tokens/"] [name=label]', 'A program'),
      'form[action="/account/tokens/"] button[type=submit]')],
    ['ada', 'ADM-4 a user with a wrong address', async (page, { server }) => {
      await page.goto(`${server.url}/admin/users/?search=used-0`);
      await page.locator('text=Edit in Admin').first().click();
      await page.fill('[name=email]', 'no address');
      await submit('main form:has([name=email]) button[type=submit]')(page);
    }],
    ['ada', 'ADM-4 a reset link', async (page, { server }) => {
      await page.goto(`${server.url}/admin/users/?search=used-0`);
      await page.locator('text=Edit in Admin').first().click();
      await submit('form[action$="/reset-link/"] button')(page);
    }],
    ['ada', 'ADM-4 a user who is deactivated', async (page, { server }) => {
      await page.goto(`${server.url}/admin/users/?search=used-1`);
      await page.locator('text=Edit in Admin').first().click();
      await page.waitForLoadState();
    }],
    ['ada', 'CODE-11 somebody who leaves codes behind', async (page, { server }) => {
      await page.goto(`${server.url}/admin/users/?search=max`);
      await page.locator('text=Edit in Admin').first().click();
      await page.waitForLoadState();
      await page.goto(`${page.url()}deactivate/`);
    }],
    ['ada', 'GATE-3 what one person issued, looked at', (page, { server }) => page.goto(`${server.url}/admin/recalls/new/?scope=person&subject=ada`)],
    ['ada', 'GATE-3 a recall of nobody (400)', (page, { server }) => page.goto(`${server.url}/admin/recalls/new/?scope=person&subject=nobody&since=soon`)],
    ['ada', 'HR-1 a pull whose leavers are not counted (400)', async (page, { server }) => {
      await page.goto(`${server.url}/admin/pulls/${codes.pulls[1]}/`);
      await submit('#pull button[type=submit]')(page);
    }],
    ['ada', 'GATE-3 the tree, opened', async (page, { server }) => {
      await page.goto(`${server.url}/admin/brought/`);
      await page.locator('a:has-text("brought")', { hasText: 'Show whom ada' }).first().click();
      await page.waitForSelector('.branches .branches');
    }],
    ['ada', 'ADM-5 an aircraft that is there already', posted('/admin/aircraft/', (page) => page.fill('form[method=post] [name=registration]', 'N12345'),
      'main form[method=post] button[type=submit]')],
    ['ada', 'TMPL-1 a template without a name', posted('/admin/templates/new/', (page) => page.fill('[name=max_uses]', '-1'),
      '#template button[type=submit]')],
    ['ada', 'TMPL-1 a code as a template', (page, { server }) => page.goto(`${server.url}/admin/templates/new/?code=${codes.active.id}`)],
    ['ada', 'ADM-6 a row that cannot be added', posted('/admin/data/account/new/', null, 'main form[method=post] button[type=submit]')],
    ['ada', 'ADM-6 a table with a search', (page, { server }) => page.goto(`${server.url}/admin/data/account/?search=used`)],
    ['ada', 'ADM-6 no such table (404)', (page, { server }) => page.goto(`${server.url}/admin/data/nothing/`)],
    ...['snoozed', 'acknowledged', 'closed'].map((state) =>
      ['ada', `ALRT-1 alerts that are ${state}`, (page, { server }) => page.goto(`${server.url}/admin/alerts/?state=${state}`)]),
    ['ada', 'ALRT-1 an alert to be snoozed', async (page, { server }) => {
      await page.goto(`${server.url}/admin/alerts/`);
      await page.locator('.snooze summary').first().click();
    }],
    ['ada', 'REP-1 a report of a year', (page, { server }) => page.goto(`${server.url}/admin/reports/?days=366`)],
    ['ada', 'REP-1 a report of days that are none (400)', (page, { server }) => page.goto(`${server.url}/admin/reports/?from=2026-02-31&to=x`)],
    ['ada', 'the audit log, filtered', (page, { server }) => page.goto(`${server.url}/admin/audit/?kind=code.re&person=ada`)],
    ['ada', 'AUD-1 the audit log of a code, of some days', (page, { server }) =>
      page.goto(`${server.url}/admin/audit/?code=${codes.used.id}&from=2026-01-01&to=2096-12-31&search=a`)],
    ['ada', 'AUD-1 the audit log of days that are none (400)', (page, { server }) => page.goto(`${server.url}/admin/audit/?from=2026-02-31`)],
    ['ada', 'users who match a filter, none', (page, { server }) => page.goto(`${server.url}/admin/users/?search=nobody&role=viewer`)],
    ['ada', 'MAINT-1 tokens that nobody has used for long, none', (page, { server }) => page.goto(`${server.url}/admin/tokens/?show=unused`)],
    ['ada', 'what was found from anywhere', (page, { server }) => page.goto(`${server.url}/palette/?q=n12`)],
  ];
  for (const [who, list, create] of portals)
    all.push(
      [who, `${list} GATE-3 a code, looked at`, (page, { server }) =>
        page.goto(`${server.url}/${list.split('/')[1]}/recalls/new/?scope=code&subject=${codes.team.id}`)],
      [who, `${list} the second page`, async (page, { server }) => {
        await page.goto(server.url + list);
        await page.click('a[rel=next]');
        await page.waitForURL(/cursor=/);
      }],
      [who, `${list} nothing matches`, (page, { server }) => page.goto(`${server.url}${list}?search=nothing&role=staff&status=usable`)],
      [who, `${list} filtered and saved`, posted(`${list}?search=expired&task_group=general`, async (page) => {
        await page.click('.save-view summary');
        await page.fill('.save-view [name=name]', 'My view');
      }, '.save-view button[type=submit]')],
      [who, `${list} a search of too many letters (400)`, (page, { server }) => page.goto(`${server.url}${list}?search=${'x'.repeat(300)}`)],
      [who, `${list} no such code (404)`, (page, { server }) => page.goto(`${server.url}${list}999999/`)],
      [who, `${list} why a code works`, (page, { server }) => page.goto(`${server.url}${list}explain/?code=${codes.active.code}`)],
      [who, `${list} why a code does not work`, (page, { server }) => page.goto(`${server.url}${list}explain/?code=${codes.inactive.code}`)],
      [who, `${list} CODE-3 a form with everything wrong`, posted(create, async (page) => {
        await page.fill('[name=label]', 'x'.repeat(200));
        await page.fill('[name=max_uses]', '-1');
        await page.fill('[name=email]', 'no address');
      }, '#create button[type=submit]')],
      [who, `${list} TMPL-1 a form filled in by a template`, (page, { server }) => page.goto(`${server.url}${create}?template=Manager%20Promotion`)],
      [who, `${list} TMPL-1 no such template (400)`, (page, { server }) => page.goto(`${server.url}${create}?template=Nobody`)],
      [who, `${list} BULK-1 what several codes will be`, posted(`${create}?count=250`, async (page) => {
        await page.fill('[name=label]', 'Open day');
      }, '#create button[type=submit]')],
      [who, `${list} REP-3 from invitation to member, of some codes`, (page, { server }) => page.goto(`${server.url}${list}funnel/?template=Manager%20Promotion&status=usable`)],
      [who, `${list} BULK-3 nobody named (400)`, posted(`${list}invite/`, null, '#invite button[type=submit]')],
      [who, `${list} BULK-2 no file (400)`, posted(`${list}import/`, null, '#import button[type=submit]')],
      [who, `${list} BULK-2 a file that is looked at`, posted(`${list}import/`, async (page) => {
        await page.fill('[name=text]', 'Label,Who,Role,Used,Notes on a column with rather a long name\nSpring,Ann Amsel,staff,3,\nAutumn,Bob,king,0,two words\n');
      }, '#import button[type=submit]')],
      [who, `${list} BULK-2 a file that cannot be read (400)`, posted(`${list}import/`, async (page) => {
        await page.fill('[name=text]', 'Label,Role\nSpring,staff,too much\n');
      }, '#import button[type=submit]')],
      [who, `${list} BULK-3 latecomers`, (page, { server }) => page.goto(`${server.url}${list}invite/?batch=${codes.invited}`)],
      [who, `${list} BULK-3 who will be invited, and who not`, posted(`${list}invite/`, async (page) => {
        await page.fill('[name=people]', 'Dan Dohle <dan@example.org>, eve@example.org\nann@people.example.org\nnobody at all\neve@example.org');
        await page.fill('[name=label]', 'The club');
      }, '#invite button[type=submit]')],
      [who, `${list} BULK-1 codes made together, in the list`, (page, { server }) => page.goto(`${server.url}${list}?batch=${codes.batch}`)],
      [who, `${list} a reactivation without what it needs`, posted(`${list}${codes.expired.id}/reactivate/`)],
      [who, `${list} ADM-2 deleting several, some of which are kept`, bulk(list, 'delete', ['used', 'inactive', 'scheduled'])],
      [who, `${list} ADM-2 editing several`, bulk(list, 'edit', ['inactive', 'scheduled'])],
      [who, `${list} ADM-2 an edit that changes nothing`, async (page, the) => {
        await bulk(list, 'edit', ['inactive', 'scheduled'])(page, the);
        await submit('#bulk-run button[type=submit]')(page);
      }],
      [who, `${list} ADM-2 nothing ticked`, bulk(list, 'delete', [])],
    );
  return all;
}

// Those that scripts make.
export function scriptedStates() {
  return portals.flatMap(([who, list]) => [
    [who, `${list} some ticked`, async (page, { server }) => {
      await page.goto(server.url + list);
      await page.check('[data-tick] >> nth=0');
      await page.waitForSelector('.bulk button:enabled');
    }],
    [who, `${list} saving a view of nothing`, async (page, { server }) => {
      await page.goto(`${server.url}${list}?search=nothing&role=staff`);
      await page.click('.save-view summary');
    }],
    [who, `${list} the palette`, async (page, { server }) => {
      await page.goto(server.url + list);
      await page.click('[data-palette]');
      await page.waitForSelector('dialog .palette');
    }],
  ]);
}
