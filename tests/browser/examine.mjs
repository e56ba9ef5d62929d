// What axe finds wrong with a page as it stands.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Everything it knows of the guidelines this product keeps; colours are what differs by theme.
const guidelines = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
export const everything = { runOnly: guidelines };
const colourRules = ['color-contrast', 'link-in-text-block'];
export const colours = { runOnly: { type: 'rule', values: colourRules } };
export const shapes = { runOnly: guidelines, rules: Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }])) };

// One sentence for each kind of fault.
export async function violations(page, rules = everything) {
  await page.evaluate(`if (!globalThis.axe) { ${axe} }`);  // not as a script of the page's, whose policy is in force
  const found = await page.evaluate((only) => globalThis.axe.run({ ...only, resultTypes: ['violations'], selectors: false }), rules);
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 2).join(' | ')}`);
}

// Nothing, or the test fails.
export async function examine(page, what) {
  assert.deepEqual(await violations(page), [], what);
}
