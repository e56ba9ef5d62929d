// Ticking codes in the list: the bar says at every moment how many are selected.

const all = (selector) => [...document.querySelectorAll(selector)];

export function count() {
  const bar = document.getElementById('bulk');
  if (!bar) return;
  const boxes = all('[data-tick]');
  const ticked = boxes.filter((box) => box.checked).length;
  const every = bar.querySelector('[data-tick-all]').checked;
  const page = bar.querySelector('[data-tick-page]');
  page.checked = ticked > 0 && ticked === boxes.length;
  page.indeterminate = ticked > 0 && ticked < boxes.length;
  const state = every ? 'all' : ticked ? 'some' : 'none';
  bar.dataset.state = state;
  bar.querySelector('[data-ticked]').textContent = ticked;
  for (const words of bar.querySelectorAll('[data-when]')) words.hidden = words.dataset.when !== state;
  for (const box of boxes) box.closest('tr').classList.toggle('ticked', every || box.checked);
}

document.addEventListener('change', (event) => {
  const box = event.target;
  if (box.matches('[data-tick-page]')) for (const each of all('[data-tick]')) each.checked = box.checked;
  if (box.matches('[data-tick], [data-tick-page]') && !box.checked) all('[data-tick-all]').forEach((each) => { each.checked = false; });
  if (box.matches('[data-tick], [data-tick-page], [data-tick-all]')) count();
});

// From one to another with Shift: all between.
let last = null;
document.addEventListener('click', (event) => {
  const box = event.target.closest?.('[data-tick]');
  if (!box) return;
  const boxes = all('[data-tick]');
  if (event.shiftKey && last?.isConnected) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
    count();
  }
  last = box;
});

addEventListener('pageshow', count);
document.addEventListener('htmx:afterSettle', count);
