// Ctrl K from anywhere; the arrows go through what was found.

import { ask } from './dialogs.js';

document.addEventListener('keydown', (event) => {
  const opens = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
  const link = opens && document.querySelector('[data-palette]');
  if (!link) return;
  event.preventDefault();
  const field = document.getElementById('palette-q');
  if (field) field.select();
  else if (!document.querySelector('dialog[open]')) ask(link);
});

document.addEventListener('keydown', (event) => {
  const palette = event.target.closest?.('.palette');
  if (!palette || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
  event.preventDefault();
  const stops = [palette.querySelector('#palette-q'), ...palette.querySelectorAll('[data-hit]')];
  const at = stops.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
  stops.at(at % stops.length)?.focus();
});

// Enter goes to the first that was found; without any, the form asks the server.
document.addEventListener('submit', (event) => {
  const first = event.target.matches('[data-palette-form]') && event.target.closest('.palette').querySelector('[data-hit]');
  if (!first) return;
  event.preventDefault();
  location.href = first.href;
});
