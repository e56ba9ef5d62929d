// What needs somebody, and what they do about it (ALRT-1), with and without scripts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as later } from 'node:timers/promises';
import { Installation, makeCode, redeem } from '../program/support.mjs';
import { alerts } from './places.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

async function nearlyUsedUp(server, token, label) {
  const code = await makeCode(server, token, { label, max_uses: 5, task_group: 'cleaning' });
  for (let i = 0; i < 4; ++i) await redeem(server, token, code.code, `${label} ${i}`);
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';
  test(`ALRT-1: ${how} JavaScript one acknowledges, snoozes and finds it again`, async (t) => {
    const house = new Installation(t, 'sqlite');
    const token = house.person('ada', '--superuser');
    house.person('max', '--role', 'manager', '--task-group', 'cleaning');
    const server = await house.serve();
    for (const label of ['Spring', 'Summer']) await nearlyUsedUp(server, token, label);
    await alerts(server, token, 2);

    const page = await open(t, await browse(), { viewport: javaScriptEnabled ? desktop : phone, javaScriptEnabled });
    await logIn(page, server, 'max');
    await page.goto(`${server.url}/manager/alerts/`);
    if (javaScriptEnabled) assert.equal(await page.locator('.side .nav .tally').innerText(), '2');
    assert.equal(await page.locator('main .alert').count(), 2);
    assert.match(await page.locator('main .alert', { hasText: 'Spring' }).innerText(), /4 of 5 uses are taken/);

    await page.locator('main .alert', { hasText: 'Spring' }).getByRole('button', { name: /Acknowledge/ }).click();
    await page.getByRole('status').getByText('is acknowledged').waitFor();
    assert.equal(await page.locator('main .alert').count(), 1);

    const summer = page.locator('main .alert', { hasText: 'Summer' });
    await summer.locator('summary').click();
    await summer.getByRole('button', { name: '1 day' }).click();
    await page.getByRole('status').getByText('is snoozed').waitFor();
    await page.getByText('Nothing needs you right now').waitFor();

    await page.getByRole('link', { name: 'Snoozed', exact: true }).click();
    await page.locator('main .alert', { hasText: 'Summer' }).waitFor();
    await page.getByRole('link', { name: 'Acknowledged', exact: true }).click();
    assert.match(await page.locator('main .alert', { hasText: 'Spring' }).innerText(), /acknowledged by max/);
  });
}

test('ALRT-1: the page and the badge follow by themselves', async (t) => {
  const house = new Installation(t, 'sqlite');
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const page = await open(t, await browse(), { viewport: desktop });
  await logIn(page, server, 'ada');
  await page.goto(`${server.url}/admin/alerts/`);
  await page.getByText('Nothing needs you right now').waitFor();
  await later(500);  // the stream stands
  await nearlyUsedUp(server, token, 'Spring');
  await page.locator('main .alert', { hasText: 'Spring' }).waitFor();
  await page.locator('#alerts .tally').getByText('1').waitFor();
});
