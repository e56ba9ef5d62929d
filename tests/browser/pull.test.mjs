// HR-1: people are pulled from a file: what would change is looked at, applied, and once more when somebody has left.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Installation, call } from '../program/support.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

const people = (names) => `id;name;email;role\r\n${names.map((name, i) => `${name[0]}${i};${name};${name.toLowerCase()}@example.org;staff\r\n`).join('')}`;

for (const javaScriptEnabled of [true, false])
  test(`HR-1: fetched, looked at, applied, and again, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async (t) => {
    const house = new Installation(t, 'sqlite');
    const file = join(house.data, 'people.csv');
    house.env.OSTIARY_PULL_SOURCE = file;
    writeFileSync(file, people(['Ann', 'Bob', 'Cid', 'Dora']));
    const token = house.person('ada', '--name', 'Ada Amsel', '--superuser');
    const server = await house.serve();
    const page = await open(t, await browse(), { viewport: javaScriptEnabled ? phone : desktop, javaScriptEnabled });
    const codes = async () => (await call(server, 'GET', '/api/invite-codes/', { token })).json.results;
    const text = () => page.textContent('main');
    const follow = async (what) => {
      for (let i = 0; i < 60; ++i) {
        if ((await page.textContent('.head-note .badge')).includes(what)) return;
        await new Promise((done) => setTimeout(done, 250));
        if (i % 8 === 7) await page.reload();
      }
      assert.fail(`it never says ${what}: ${await text()}`);
    };
    await logIn(page, server, 'ada');
    const fetchNow = async () => {
      await page.goto(`${server.url}/admin/pulls/`);
      await page.getByRole('button', { name: 'Fetch now' }).click();
      await page.waitForURL(/\/admin\/pulls\/[^/]+\/$/);
    };

    await fetchNow();
    await follow('Waits for you');
    assert.match(await text(), /4 people would be invited/);
    assert.equal((await codes()).length, 0, 'nothing is done by looking');
    await page.getByRole('button', { name: 'Apply 4 changes' }).click();
    await follow('Applied');
    assert.equal((await codes()).length, 4);

    await fetchNow();
    await follow('Nothing new');

    writeFileSync(file, 'id;name;email;role\r\nA0;Ann;ann@example.org;viewer\r\n');
    await fetchNow();
    await follow('Waits for you');
    assert.match(await text(), /3 people would leave/);
    assert.match(await page.textContent('.pull-leave'), /Bob|Cid|Dora/);
    assert.match(await text(), /1 person would change[\s\S]*Role\s*Staff\s*→\s*Viewer/);
    await page.getByRole('button', { name: 'Apply 4 changes' }).click();
    assert.match(await text(), /their number must be said/);
    assert.equal((await codes()).filter((code) => code.is_active).length, 4);
    await page.getByLabel('How many people will leave?').fill('3');
    await page.getByRole('button', { name: 'Apply 4 changes' }).click();
    await follow('Applied');
    const left = (await codes()).filter((code) => code.is_active);
    assert.deepEqual(left.map((code) => [code.email, code.role]), [['ann@example.org', 'viewer']]);

    writeFileSync(file, 'id;name\r\nA0;Ann\r\n');
    await fetchNow();
    await follow('Failed');
    assert.match(await text(), /no column with the addresses/);
    await page.goto(`${server.url}/account/notifications/`);
    assert.match(await text(), /A pull of people failed/);
  });
