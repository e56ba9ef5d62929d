// REP-1, ADM-7, MGR-1: reports in a real browser, as the administrator and the manager see them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Installation, databases, makeCode, register } from '../program/support.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

async function house(t, kind) {
  const installation = new Installation(t, kind);
  const ada = installation.person('ada', '--superuser');
  installation.person('max', '--role', 'manager', '--task-group', 'cleaning');
  const server = await installation.serve();
  const team = await makeCode(server, ada, { label: 'The team', task_group: 'cleaning', max_uses: 5 });
  const other = await makeCode(server, ada, { label: 'Somebody else', role: 'viewer', max_uses: 2 });
  for (const [code, name] of [[team, 'ann'], [other, 'bob'], [other, 'cec']])
    assert.equal((await register(server, code.code, name)).status, 201);
  assert.equal((await register(server, other.code, 'dan')).status, 400);
  return { server };
}

async function signedIn(t, browser, server, username, options = {}) {
  const page = await open(t, browser, { viewport: desktop, ...options });
  await logIn(page, server, username);
  return page;
}

const figure = (page, label) => page.locator(`.figure:has-text("${label}") .figure-number`).textContent();

for (const kind of databases) {
  test(`REP-1 on ${kind}: the administrator sees who came, when, and why others could not`, async (t) => {
    const { server } = await house(t, kind);
    const ada = await signedIn(t, await browse(), server, 'ada');
    await ada.goto(`${server.url}/admin/`);
    await ada.click('nav.nav a:visible:has-text("Reports")');
    assert.equal(await figure(ada, 'Ever used'), '2');
    assert.equal(await figure(ada, 'Used up'), '1');
    assert.match(await ada.textContent('section:has(#success)'), /75 %[\s\S]*3 of 4 attempts[\s\S]*The code was used up/);
    assert.match(await ada.textContent('section:has(#uses) .report-sum'), /3\s+people joined/);
    assert.equal(await ada.locator('section:has(#uses) .chart-bar').count(), 30);
    await ada.click('section:has(#uses) summary');
    assert.equal(await ada.locator('section:has(#uses) tbody tr').count(), 30);
    assert.match(await ada.locator('section:has(#roles) tr:has-text("Viewer")').textContent(), /1.*100 %.*2/s);

    await ada.click('text=7 days');
    assert.equal(await ada.locator('section:has(#uses) .chart-bar').count(), 7);
    assert.equal(await ada.getAttribute('a.chip:has-text("7 days")', 'aria-current'), 'true');
    const before = new Date(Date.now() - 20 * 86400_000).toISOString().slice(0, 10);
    await ada.fill('[name=from]', before);
    await ada.fill('[name=to]', before);
    await ada.click('.period button[type=submit]');
    assert.match(await ada.textContent('section:has(#uses)'), /0\s+people joined/);

    await ada.goto(`${server.url}/admin/reports/`);
    const [file] = await Promise.all([ada.waitForEvent('download'), ada.click('section:has(#success) a:has-text("CSV")')]);
    assert.match(file.suggestedFilename(), /^\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d-registrations\.csv$/);
    assert.equal(readFileSync(await file.path(), 'utf8'),
                 '"Outcome","Reason","Count"\r\n"Joined","","3"\r\n"Refused","code.exhausted","1"\r\n');
  });

  test(`MGR-1 on ${kind}: the manager sees the team's numbers, on a phone and without scripts`, async (t) => {
    const { server } = await house(t, kind);
    const max = await signedIn(t, await browse(), server, 'max', { viewport: phone, javaScriptEnabled: false });
    await max.goto(`${server.url}/manager/`);
    assert.match(await max.textContent('main'), /Who came in the last 30 days/);
    await max.click('text=See all reports');
    assert.equal(new URL(max.url()).pathname, '/manager/reports/');
    assert.match(await max.textContent('section:has(#uses) .report-sum'), /1\s+person joined/);
    assert.doesNotMatch(await max.textContent('main'), /Somebody else/);
    const refused = await max.goto(`${server.url}/manager/reports/?from=99999-01-01`);
    assert.equal(refused.status(), 400);
    assert.match(await max.textContent('[role=alert]'), /From must be a day/);
  });
}
