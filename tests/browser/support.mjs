// A real Chromium, and people in it.

import { chromium } from 'playwright-core';
import { atEnd, password } from '../program/support.mjs';

const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
               '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

export const phone = { width: 390, height: 844 };
export const desktop = { width: 1440, height: 900 };

// A browser that ends with the test. Chromium refuses its sandbox to root, which containers and CI often are.
export async function browse(t) {
  const args = process.getuid() === 0 ? [...quiet, '--no-sandbox'] : quiet;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
  atEnd(t, () => browser.close());
  return browser;
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
  atEnd(t, () => {
    if (complaints.length) throw new Error(`the console says: ${complaints.join('; ')}`);
  });
  return page;
}

export async function logIn(page, server, username) {
  await page.goto(`${server.url}/login/`);
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}
