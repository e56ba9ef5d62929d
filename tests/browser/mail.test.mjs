// NTFY-1 in a real browser: sent, shown, sent again, with scripts and without; nothing for axe to find.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Installation, makeCode } from '../program/support.mjs';
import { mailServer, read } from '../program/smtp.mjs';
import { colours, everything, violations } from './examine.mjs';
import { browse, desktop, logIn, open, phone } from './support.mjs';

for (const javaScriptEnabled of [true, false])
  test(`NTFY-1: an invitation is mailed from the code's page, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async (t) => {
    let refuses = true;
    const smtp = await mailServer(t, (step) => (step === 'RCPT' && refuses ? '550 5.1.1 no such user' : undefined));
    const house = new Installation(t, 'sqlite', {
      OSTIARY_MAIL_SERVER: smtp.url, OSTIARY_MAIL_FROM: 'invite@ostiary.test', OSTIARY_BASE_URL: 'http://invite.ostiary.test',
    });
    const token = house.person('ada', '--name', 'Ada Amsel', '--superuser');
    const server = await house.serve();
    const code = await makeCode(server, token, { email: 'ann@example.org', label: 'Spring' });
    const page = await open(t, await browse(t), { viewport: phone, javaScriptEnabled });
    await logIn(page, server, 'ada');
    const path = `${server.url}/admin/invite-codes/${code.id}/`;
    const state = async (words) => {
      for (let i = 0; i < 100; ++i) {
        await page.goto(path);
        if ((await page.locator('.mails').first().innerText()).includes(words)) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      assert.fail(`never ${words}`);
    };
    await page.goto(path);
    await page.fill('[name=message]', 'See you soon');
    await page.click('#mail button[type=submit]');
    await page.waitForURL(path);
    await state('no such user');
    if (javaScriptEnabled)
      for (const viewport of [phone, desktop])
        for (const [colorScheme, rules] of [['light', everything], ['dark', colours]]) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          assert.deepEqual(await violations(page, rules), []);
        }
    assert.equal(await page.inputValue('[name=message]'), 'See you soon');
    refuses = false;
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.waitForURL(path);
    await state('Sent');
    assert.ok(read(smtp.got[0]).text.includes('See you soon'));
    assert.equal(await page.getByRole('button', { name: 'Remind' }).count(), 1);
    // What was sent can be copied all the same.
    await page.locator('#mail summary').click();
    assert.match(await page.inputValue('#mail-text'), /http:\/\/invite\.ostiary\.test\/register\//);
    // Whoever wants no word of approvals says so on the account page.
    await page.goto(`${server.url}/account/`);
    await page.uncheck('[name=mails][type=checkbox]');
    await page.click('form[action="/account/mails/"] button');
    await page.waitForURL(`${server.url}/account/`);
    assert.equal(await page.isChecked('[name=mails][type=checkbox]'), false);
  });
