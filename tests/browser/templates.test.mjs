// The documents' steps for templates and for many codes at once, in a real browser (TMPL-1, BULK-1).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furnish } from './places.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

const value = (page, name) => page.inputValue(`#create [name=${name}]`);

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

  test(`TMPL-1 a template is made, used, changed and deleted, ${how}`, async (t) => {
    const the = await furnish(t);
    const browser = await browse();
    const page = await open(t, browser, { viewport: javaScriptEnabled ? desktop : phone, javaScriptEnabled });
    await logIn(page, the.server, 'ada');
    await page.goto(`${the.server.url}/admin/templates/`);
    for (const [name, grants] of [['New Employee', 'Staff · General · 1 use · 30 days'], ['Manager Promotion', 'Manager · 1 use · 7 days'],
                                  ['Temporary Contractor', 'Staff · 1 use · 90 days']])
      assert.ok((await page.locator('.template-card', { hasText: name }).textContent()).includes(grants), name);
    await page.click('text=New template');
    await page.fill('[name=name]', 'Spring pilots');
    await page.fill('[name=max_uses]', '5');
    await page.fill('[name=expires_days]', '14');
    await page.selectOption('[name=role]', 'viewer');
    await page.click('#template button[type=submit]');
    await page.waitForURL('**/admin/templates/');
    await page.locator('.template-card', { hasText: 'Spring pilots' }).getByRole('link', { name: 'Use' }).click();
    await page.waitForURL('**/admin/create-invite-code/**');
    assert.equal(await value(page, 'role'), 'viewer');
    assert.equal(await value(page, 'max_uses'), '5');
    assert.equal(await value(page, 'expires_days'), '14');

    // What was typed stays when another is chosen; what the first one said goes.
    await page.fill('[name=label]', 'For the club');
    await page.selectOption('[name=template]', 'New Employee');
    await page.click('[name=use_template]');
    assert.equal(await value(page, 'label'), 'For the club');
    assert.equal(await value(page, 'role'), 'staff');
    assert.equal(await value(page, 'max_uses'), '1');
    assert.equal(await value(page, 'expires_days'), '30');
    await page.click('#create button[type=submit]');
    await page.waitForURL(/invite-codes\/\d+\//);
    assert.ok((await page.textContent('main')).includes('New Employee'));

    await page.goto(`${the.server.url}/admin/templates/`);
    await page.locator('.template-card', { hasText: 'Spring pilots' }).getByRole('link', { name: 'Edit' }).click();
    await page.fill('[name=max_uses]', '7');
    await page.click('#template button[type=submit]');
    await page.waitForURL('**/admin/templates/');
    assert.ok((await page.locator('.template-card', { hasText: 'Spring pilots' }).textContent()).includes('7 uses'));
    await page.locator('.template-card', { hasText: 'Spring pilots' }).getByRole('link', { name: 'Delete' }).click();
    await page.click('text=Delete template');
    await page.waitForURL('**/admin/templates/');
    assert.equal(await page.locator('.template-card', { hasText: 'Spring pilots' }).count(), 0);
  });

  test(`BULK-1 several codes at once: asked first, then a list of links, a file and a sheet, ${how}`, async (t) => {
    const the = await furnish(t);
    const browser = await browse();
    const page = await open(t, browser, { viewport: javaScriptEnabled ? desktop : phone, javaScriptEnabled });
    await logIn(page, the.server, 'sam');
    await page.goto(`${the.server.url}/manage/invitations/new/`);
    await page.fill('[name=label]', 'Open day');
    await page.fill('[name=max_uses]', '');  // without limit, which the page that asks must carry on
    await page.click('#create summary');
    await page.fill('[name=count]', '25');
    await page.click('#create button[type=submit]');
    await page.getByRole('heading', { name: 'Make 25 codes?' }).waitFor();
    await page.click('text=Back to the form');
    assert.equal(await value(page, 'label'), 'Open day');
    assert.equal(await value(page, 'count'), '25');
    await page.click('#create button[type=submit]');
    await page.click('[name=agreed]');
    await page.waitForURL(/batches\//);
    assert.ok((await page.textContent('.facts')).includes('Any number of people'));
    const links = (await page.inputValue('#links')).trim().split('\n');
    assert.equal(new Set(links).size, 25);
    assert.ok(links.every((link) => /\/register\/[\w-]{22,}\/$/.test(link)), links[0]);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('text=Download as CSV')]);
    assert.equal(file.suggestedFilename(), 'codes.csv');
    await page.click('text=Print a sheet');
    await page.waitForURL(/sheet\/$/);
    assert.equal(await page.locator('.sheet-code svg.qr').count(), 25);
    if (javaScriptEnabled) {
      await page.emulateMedia({ media: 'print' });
      assert.equal(await page.locator('.top').isVisible(), false);
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
      assert.equal(pages, 3, 'ten to a page');
    }
  });
}
