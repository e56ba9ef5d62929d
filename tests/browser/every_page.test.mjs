// Every page in every portal, in every state: at every width and in both colours, with nothing for axe to find.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colours, everything, shapes, violations } from './examine.mjs';
import { addressesOf, furnish, pageRoutes, scriptedStates, states, walkerOf } from './places.mjs';
import { browse, listen, logIn } from './support.mjs';

const widths = [390, 768, 1000, 1100, 1440];
const examinedAt = { 390: [['light', everything]], 1440: [['dark', colours], ['light', shapes]] };

// What axe finds with the whole page in view: what a bar that stays in sight happens to cover is no fault. Colours differ by
// theme; everything else that axe knows does not. Nor do colours differ among the portals, and of light and dark each is
// looked at where the people are who mostly use it: light on phones, dark on desks.
async function examine(page, width, isTwin) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, 844) });
  const faults = [];
  for (const [colorScheme, rules] of isTwin ? [['light', shapes]] : examinedAt[width]) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const fault of await violations(page, rules)) faults.push(`${colorScheme} ${width}: ${fault}`);
  }
  return faults;
}

// What sticks out of the page to the right, if one could scroll there.
const outside = (page) => page.evaluate(() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return null;
  const far = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > room + 1);
  return far.slice(-2).map((one) => one.outerHTML.slice(0, 100)).join(' | ') || 'something';
});

// Of a page as it stands; its own words for each thing that is wrong.
async function faultsOf(page, status, isTwin) {
  const faults = [];
  const facts = await page.evaluate(() => ({ h1: (document.querySelector('dialog:modal') ?? document).querySelectorAll('h1').length, title: document.title }));
  if (facts.h1 !== 1) faults.push(`${facts.h1} h1`);
  if (!/\S+ · \S+/.test(facts.title)) faults.push(`its title is “${facts.title}”`);
  if (status >= 500) faults.push(`status ${status}`);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const far = await outside(page);
    if (far !== null) faults.push(`scrolls sideways at ${width}: ${far}`);
    if (examinedAt[width]) faults.push(...await examine(page, width, isTwin));
  }
  return faults;
}

// Walks as many people as there are; each has one page, and what its console complains of is a fault of where it stands.
function walkers(browser, server) {
  const made = {};
  return async (name) => {
    if (made[name]) return made[name];
    const { page, complaints } = await listen(browser, { reducedMotion: 'reduce' });
    if (name !== 'guest') await logIn(page, server, name);
    return (made[name] = { page, complaints });
  };
}

test('every page, empty and full, refused and denied: WCAG 2.2 AA, no sideways scrolling, one h1, a title, a quiet console', async (t) => {
  const the = await furnish(t);
  const browser = await browse();
  const teams = [walkers(browser, the.server), walkers(browser, the.server)];  // they share the work
  const faults = [];
  const known = new Set();
  let seen = 0, twins = 0;
  const stand = async (walker, [who, what, go]) => {
    const { page, complaints } = await walker(who);
    complaints.length = 0;
    let status = 0;
    const watch = (answer) => { if (answer.request().isNavigationRequest()) status = answer.status(); };
    page.on('response', watch);
    await page.setViewportSize({ width: 1440, height: 900 });
    await go(page, the);
    page.off('response', watch);
    const named = what.match(/\((4\d\d)\)/)?.[1];
    if (named && status !== Number(named)) faults.push(`${what}: answered ${status}`);
    // The same page of another portal.
    const kind = `${status} ${what.replace(/^\/(admin|manager|manage)\/(invite-codes|invitations)\//, '/…/codes/').replace(/\d+/g, '#')}`;
    const isTwin = kind.includes('/…/codes/') && known.has(kind);
    known.add(kind);
    twins += isTwin ? 1 : 0;
    for (const fault of await faultsOf(page, status, isTwin)) faults.push(`${what}: ${fault}`);
    for (const complaint of complaints) faults.push(`${what}: the console says: ${complaint}`);
    ++seen;
  };
  const walk = async (places) => {
    const left = [...places];
    await Promise.all(teams.map(async (walker) => { while (left.length) await stand(walker, left.shift()); }));
  };
  const at = (path) => (page) => page.goto(the.server.url + path);

  const empty = ['/admin/', '/admin/invite-codes/', '/manager/', '/manager/invite-codes/', '/manage/invitations/', '/admin/aircraft/',
                 '/admin/approvals/', '/admin/reports/', '/admin/data/code/'];
  await walk(empty.map((path) => ['ada', `${path}, empty`, at(path)]));
  await the.furnish();
  const places = [];
  for (const route of pageRoutes()) {
    const who = walkerOf(route);
    for (const path of await addressesOf(route, the, (await teams[0](who)).page)) {
      assert.ok(path, `tests/browser/places.mjs does not know what stands for the gap in ${route}`);
      places.push([who, path, at(path)]);
    }
  }
  await walk([...places, ...states(the), ...scriptedStates()]);
  t.diagnostic(`${seen} pages, ${twins} of them of another portal too`);
  assert.deepEqual([...new Set(faults)], []);
});

test('no table hides a column at any width, in English and in German', async (t) => {
  const the = await furnish(t);
  await the.furnish();
  const browser = await browse();
  const faults = [];
  for (const locale of ['en-GB', 'de-DE']) {
    const page = await (await browser.newContext({ locale })).newPage();
    await logIn(page, the.server, 'ada');
    for (const path of ['/admin/invite-codes/', '/admin/invite-codes/?search=code&order=oldest', '/manage/invitations/', '/admin/users/',
                        '/admin/aircraft/', '/admin/tokens/', '/admin/data/code/', '/admin/data/account/', '/admin/data/event/']) {
      await page.goto(the.server.url + path);
      for (const width of [390, 600, 768, 960, 1100, 1139, 1140, 1299, 1300, 1439, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        const hidden = await page.locator('.table-box').evaluate((box) => box.scrollWidth - box.clientWidth);
        if (hidden > 0) faults.push(`${path} in ${locale} at ${width}: ${hidden} px`);
      }
    }
  }
  assert.deepEqual(faults, []);
});
