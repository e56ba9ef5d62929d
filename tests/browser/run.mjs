// Everything that runs the real program: as processes, and in a real browser.

import { readdirSync } from 'node:fs';

const here = new URL('.', import.meta.url);
for (const folder of ['../program/', './']) {
  const files = readdirSync(new URL(folder, here)).filter((name) => name.endsWith('.test.mjs')).sort();
  for (const file of files) await import(new URL(folder + file, here).href);
}
