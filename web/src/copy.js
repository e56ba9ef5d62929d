// Copying, with a confirmation that is seen and heard.

import { say, word } from './said.js';

// Without a secure context there is no clipboard: an old way is left.
function copyTheOldWay(text) {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

async function copy(button) {
  // A long text stands in a field of its own.
  const text = button.dataset.copyFrom ? document.getElementById(button.dataset.copyFrom).value : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyTheOldWay(text);
    button.focus();
  }
  const shown = button.querySelector('[data-copy-word]');
  if (shown) {
    shown.dataset.before ??= shown.textContent;
    shown.textContent = word('copied');
  }
  button.classList.add('done');
  say(word('copied'));
  clearTimeout(button.timer);
  button.timer = setTimeout(() => {
    button.classList.remove('done');
    if (shown) shown.textContent = shown.dataset.before;
  }, 2000);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy], [data-copy-from]');
  if (button) copy(button);
});
