// GATE-3: what went out is looked at, taken back and brought back; who brought whom is opened level by level; somebody
// leaves, and their codes are handed over.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call, makeCode, register } from '../program/support.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

async function furnished(t) {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const max = house.person('max', '--role', 'manager');
  const server = await house.serve();
  const code = await makeCode(server, max, { label: 'Spring crew', max_uses: 9 });
  for (const guest of ['ann', 'bob']) assert.equal((await register(server, code.code, guest)).status, 201);
  return { house, server, token, code };
}

const look = async (server, token, path) => (await call(server, 'GET', path, { token })).json;

for (const javaScriptEnabled of [true, false])
  test(`GATE-3: looked at, recalled and undone, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const { server, token, code } = await furnished(t);
    const page = await open(t, await browse(), { viewport: javaScriptEnabled ? phone : desktop, javaScriptEnabled });
    await logIn(page, server, 'ada');
    await page.goto(`${server.url}/admin/invite-codes/${code.id}/`);
    await page.locator('main').getByRole('link', { name: 'Recall' }).click();
    await page.waitForURL(/recalls\/new/);
    assert.match(await page.locator('#look').innerText(), /2 of 2 accounts will be locked out[\s\S]*ann[\s\S]*bob[\s\S]*1 of 1 code/);
    assert.equal((await look(server, token, `/api/invite-codes/${code.id}/`)).status, 'active');
    await page.fill('[name=reason]', 'The list was leaked');
    await page.getByRole('button', { name: 'Recall 1 code and 2 accounts' }).click();
    await page.waitForURL(/recalls\/[0-9a-f-]{36}\//);
    assert.match(await page.textContent('h1'), /Recall of the code “Spring crew”/);
    assert.match(await page.textContent('main'), /The list was leaked/);
    assert.equal((await look(server, token, `/api/invite-codes/${code.id}/`)).status, 'inactive');
    assert.equal((await register(server, code.code, 'cid')).status, 400);
    assert.equal((await look(server, token, '/api/users/?search=ann')).results[0].is_active, false);

    await page.getByRole('button', { name: 'Undo this recall' }).click();
    await page.waitForSelector('text=Brought back');
    assert.equal((await look(server, token, `/api/invite-codes/${code.id}/`)).status, 'active');
    assert.equal((await look(server, token, '/api/users/?search=ann')).results[0].is_active, true);
    await page.goto(`${server.url}/admin/recalls/`);
    assert.match(await page.locator('table.rows').innerText(), /Spring crew[\s\S]*Undone/);
  });

test('GATE-3: the tree is opened level by level, by links and by keys', async (t) => {
  const { server } = await furnished(t);
  for (const javaScriptEnabled of [true, false]) {
    const page = await open(t, await browse(), { viewport: phone, javaScriptEnabled });
    await logIn(page, server, 'ada');
    await page.goto(`${server.url}/admin/users/`);
    await page.getByRole('link', { name: 'Who brought whom' }).click();
    await page.waitForURL(/\/brought\//);
    assert.equal(await page.locator('.branches .branches').count(), 0);
    await page.getByRole('link', { name: /brought 2 people/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.branches .branches');
    assert.match(await page.locator('.branches .branches').innerText(), /ann[\s\S]*bob/);
    await page.getByRole('link', { name: /brought 2 people/ }).click();
    await page.waitForSelector('.branches .branches', { state: 'detached' });
  }
});

test('CODE-11: somebody leaves, and the codes are handed over', async (t) => {
  const { house, server, token, code } = await furnished(t);
  const page = await open(t, await browse(), { viewport: desktop });
  await logIn(page, server, 'ada');
  await page.goto(`${server.url}/admin/users/?search=max`);
  await page.locator('text=Edit in Admin').first().click();
  await page.waitForLoadState();
  await page.goto(`${page.url()}deactivate/`);
  assert.match(await page.textContent('main'), /They leave 1 code/);
  await page.selectOption('[name=codes]', 'hand-over');
  await page.fill('[name=hand_over_to]', 'ann');
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.waitForSelector('.field-wrong');
  assert.match(await page.textContent('.field-wrong'), /may not make codes/);
  await page.fill('[name=hand_over_to]', 'ada');
  await page.getByRole('button', { name: 'Deactivate' }).click();
  await page.waitForSelector('text=the codes are ada’s now');
  assert.equal((await look(server, token, `/api/invite-codes/${code.id}/`)).created_by, 'ada');
  assert.match(house.must('user', 'deactivate', 'bob', '--codes', 'keep'), /Account deactivated: bob/);
});

test('GATE-3: the command line looks first, and undoes', async (t) => {
  const { house, server, token, code } = await furnished(t);
  assert.match(house.must('recall', 'start', '--person', 'max', '--accounts'), /1 codes would be revoked[\s\S]*Nothing was done/);
  assert.equal((await look(server, token, `/api/invite-codes/${code.id}/`)).status, 'active');
  const { id } = JSON.parse(house.must('recall', 'start', '--person', 'max', '--accounts', '--reason', 'Leaked', '--run', '--json'));
  assert.equal((await look(server, token, `/api/invite-codes/${code.id}/`)).status, 'inactive');
  assert.match(house.must('recall', 'list'), new RegExp(`${id}[\\s\\S]*done[\\s\\S]*max`));
  assert.match(house.must('recall', 'show', id), /ann[\s\S]*Spring crew/);
  assert.match(house.must('recall', 'undo', id), /3 brought back/);
  assert.equal((await look(server, token, `/api/invite-codes/${code.id}/`)).status, 'active');
});
