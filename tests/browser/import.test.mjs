// BULK-2: a file is chosen or pasted, its columns are looked at and mapped, it is imported, and taken back.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, call } from '../program/support.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

const file = '\ufeffLabel;Dept;Max Uses\r\nSpring;cleaning;3\r\n"Autumn\r\nfair";moon;1\r\nWinter;general;0\r\n';

for (const javaScriptEnabled of [true, false])
  test(`BULK-2: looked at, mapped, imported, taken back, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const house = new Installation(t, 'sqlite');
    const token = house.person('ada', '--name', 'Ada Amsel', '--superuser');
    const server = await house.serve();
    const page = await open(t, await browse(), { viewport: javaScriptEnabled ? phone : desktop, javaScriptEnabled });
    const codes = async () => (await call(server, 'GET', '/api/invite-codes/', { token })).json.results;
    await logIn(page, server, 'ada');
    await page.goto(`${server.url}/admin/invite-codes/`);
    await page.getByRole('link', { name: 'Import a file' }).click();
    await page.setInputFiles('[name=file]', { name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.waitForURL(/\/import\/[^/]+\/$/);
    assert.equal(await page.textContent('h1'), '3 rows to look at');  // a label has one line
    assert.match(await page.textContent('main'), /cannot be shown/);
    await page.selectOption('select >> nth=1', 'task_group');
    await page.selectOption('[name=mode]', 'good');
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.waitForLoadState();
    assert.equal(await page.textContent('h1'), 'Import 2 codes?');
    assert.match(await page.textContent('main'), /Task group must be one of/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as CSV' }).click()]);
    assert.equal(download.suggestedFilename(), 'import-errors.csv');
    await page.getByRole('button', { name: 'Import 2 codes' }).click();
    await page.waitForLoadState();
    assert.equal(await page.textContent('h1'), '2 codes imported');
    assert.deepEqual((await codes()).map((code) => code.task_group).sort(), ['cleaning', 'general']);
    await page.getByRole('link', { name: 'Show in the list' }).click();
    await page.waitForURL(/batch=/);
    await page.goBack();
    await page.locator('details.fold summary').click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    for (let i = 0; i < 100 && (await codes()).length; ++i) await new Promise((done) => setTimeout(done, 100));
    assert.equal((await codes()).length, 0);
    await page.reload();
    assert.match(await page.textContent('main'), /Taken back/);

    await page.goto(`${server.url}/admin/invite-codes/import/`);
    assert.match(await page.textContent('main'), /Earlier imports[\s\S]*Taken back/);
    await page.fill('[name=text]', 'label\nPasted\n');
    await page.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('button', { name: 'Import 1 code' }).click();
    await page.waitForLoadState();
    assert.equal((await codes()).length, 1);
  });
