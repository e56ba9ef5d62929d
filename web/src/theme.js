// Colours: light, dark, and as the system has it. The server reads the cookie before the first paint.

import { say, word } from './said.js';

const html = document.documentElement;

function nextTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const order = dark ? ['', 'light', 'dark'] : ['', 'dark', 'light'];
  const theme = order[(order.indexOf(html.dataset.theme ?? '') + 1) % order.length];
  html.dataset.theme = theme;
  document.cookie = `ostiary_theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax`;
  say(word(theme || 'system'));
}

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-theme-toggle]')) nextTheme();
});
