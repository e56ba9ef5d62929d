// Forms: quick choices, errors that lead to their fields, and nothing sent twice.

// Quick choices show which one is in effect.
function markQuick(field) {
  for (const chip of document.querySelectorAll(`[data-fill="${CSS.escape(field.id)}"]`))
    chip.setAttribute('aria-pressed', String(chip.dataset.value === field.value.trim()));
}

document.addEventListener('input', (event) => { if (event.target.id) markQuick(event.target); });

document.addEventListener('click', (event) => {
  const chip = event.target.closest('[data-fill]');
  if (!chip) return;
  const field = document.getElementById(chip.dataset.fill);
  field.value = chip.dataset.value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
});

// Once for the page, and again for what was put into it later.
function prepare(root) {
  for (const chip of root.querySelectorAll('[data-fill]')) markQuick(document.getElementById(chip.dataset.fill));
  for (const field of root.querySelectorAll('[data-zone]')) field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}
prepare(document);
new MutationObserver((changes) => {
  for (const change of changes)
    for (const node of change.addedNodes) if (node.nodeName === 'DIALOG') prepare(node);
}).observe(document.body, { childList: true });

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('form[data-once]')) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = '1';
});
addEventListener('pageshow', () => { for (const form of document.querySelectorAll('form[data-once]')) delete form.dataset.sent; });

// A summary of errors is read at once, and each leads to its field.
const summary = document.querySelector('[role="alert"] a[href^="#"]')?.closest('[role="alert"]');
summary?.setAttribute('tabindex', '-1');
summary?.focus();
summary?.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  field.closest('details')?.setAttribute('open', '');
  field.focus();
});

// Lists without a search of their own send themselves when a choice is made.
document.addEventListener('change', (event) => {
  const form = event.target.closest('form[data-autosubmit]');
  if (form && event.target.matches('select')) form.requestSubmit();
});
