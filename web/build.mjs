// node build.mjs <folder>: the bundle, the style sheet, the icons and the pictures, as the program embeds them.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? 'dist');
const drawings = join(here, 'node_modules/@tabler/icons/icons/outline');

// "alert alert-triangle" → <symbol id="alert">…</symbol>, with what the style sheet says anyway left out.
function symbol(line) {
  const [name, drawing] = line.split(' ');
  const svg = readFileSync(join(drawings, `${drawing}.svg`), 'utf8');
  const shapes = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '').replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>');
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

const lines = readFileSync(join(here, 'icons.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">\n${lines.map(symbol).join('\n')}\n</svg>\n`);
cpSync(join(here, 'assets'), out, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ['src/app.js', 'styles/app.css'],
  entryNames: '[name]',
  outdir: out,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome111', 'firefox114', 'safari16.4'],
  legalComments: 'none',
  logLevel: 'warning',
});
