// Questions that have a page of their own are asked right here, in the one dialog there is.

import htmx from 'htmx.org/dist/htmx.esm.js';
import { askFor } from './ask.js';

let opener = null;

function dialogWith(question) {
  const dialog = document.createElement('dialog');
  const title = question.querySelector('h1');
  question.removeAttribute('id');
  title.id = 'dialog-title';
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.append(document.importNode(question, true));
  dialog.addEventListener('click', (event) => {
    if (event.target !== dialog && !event.target.closest('[data-close]')) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    opener?.focus();
  });
  return dialog;
}

export async function ask(link) {
  link.setAttribute('aria-busy', 'true');
  const page = await askFor(link.href);
  link.removeAttribute('aria-busy');
  const question = page?.getElementById('dialog');
  if (!question) {
    location.href = link.href;
    return;
  }
  opener = link;
  const dialog = dialogWith(question);
  document.body.append(dialog);
  htmx.process(dialog);
  dialog.showModal();
  (dialog.querySelector('input:not([type="hidden"]), select, textarea') ?? dialog.querySelector('[data-close]'))?.focus();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-dialog]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link);
});
