// A real Chromium, and people in it.

import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { atEnd, password } from '../program/support.mjs';

const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
               '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1440, height: 900 };

let chromiumOfThisFile = null;
after(async () => (await chromiumOfThisFile)?.close());

// The one browser of this file; each page in it is a stranger to the others. It is Chromium without the windows that
// nobody sees, which takes a third of the time. Chromium refuses its sandbox to root, which containers and CI often are.
export function browse() {
  const args = process.getuid() === 0 ? [...quiet, '--no-sandbox'] : quiet;
  chromiumOfThisFile ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args });
  return chromiumOfThisFile;
}

// A fresh page, and what its console complains of from now on.
export async function listen(browser, options) {
  const context = await browser.newContext({ viewport: phone, locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

// A fresh page; what its console complains of fails the test at the end.
export async function open(t, browser, options = {}) {
  const { page, complaints } = await listen(browser, options);
  atEnd(t, async () => {
    await page.context().close();
    if (complaints.length) throw new Error(`the console says: ${complaints.join('; ')}`);
  });
  return page;
}

// Through the form, as people do. Leads where the log-in leads.
export async function logInByForm(page, server, username) {
  await page.goto(`${server.url}/login/`);
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

// Without looking at the form: most tests begin behind it.
export async function logIn(page, server, username) {
  const { request } = page.context();
  const form = await (await request.get(`${server.url}/login/`)).text();
  const [, csrf_token] = form.match(/name="csrf_token" value="([^"]*)"/);
  const answer = await request.post(`${server.url}/login/`, { form: { csrf_token, username, password }, maxRedirects: 0 });
  assert.equal(answer.status(), 303, await answer.text());
}
