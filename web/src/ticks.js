// Ticking codes in the list: the bar says at every moment how many are selected. Ticks outlast leafing, filtering and
// sorting; those that are not on this page go along in hidden fields, and the bar says that there are such.

const all = (selector) => [...document.querySelectorAll(selector)];
const kept = new Set();  // the ids of all that are ticked
let everyOf = null;  // the filters whose every match is meant, while it is

// The filters in effect and how many codes match. In which order they stand makes no difference.
function choiceOf(bar) {
  const fields = [...bar.querySelectorAll('input[type=hidden]:not([data-kept], [name=csrf_token], [name=order])')];
  return fields.map((field) => `${field.name}=${field.value}`).join('&');
}

function bringAlong(bar, ids) {
  for (const field of bar.querySelectorAll('[data-kept]')) field.remove();
  for (const id of ids) {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: 'ids', value: id });
    field.dataset.kept = '';
    bar.append(field);
  }
}

export function count() {
  const bar = document.getElementById('bulk');
  if (!bar) return;
  const boxes = all('[data-tick]');
  for (const box of boxes) kept[box.checked ? 'add' : 'delete'](box.value);
  const ticked = boxes.filter((box) => box.checked).length;
  const every = bar.querySelector('[data-tick-all]').checked;
  everyOf = every ? choiceOf(bar) : null;
  const page = bar.querySelector('[data-tick-page]');
  page.checked = ticked > 0 && ticked === boxes.length;
  page.indeterminate = ticked > 0 && ticked < boxes.length;
  const state = every ? 'all' : kept.size ? 'some' : 'none';
  bar.dataset.state = state;
  bar.querySelector('[data-ticked]').textContent = kept.size;
  bar.querySelector('[data-ticked-elsewhere]').textContent = kept.size - ticked;
  bar.querySelector('[data-elsewhere]').hidden = kept.size === ticked;
  for (const words of bar.querySelectorAll('[data-when]')) words.hidden = !words.dataset.when.split(' ').includes(state);
  for (const box of boxes) box.closest('tr').classList.toggle('ticked', every || box.checked);
  const here = new Set(boxes.map((box) => box.value));
  bringAlong(bar, [...kept].filter((id) => !here.has(id)));
}

// Another page of the list has come: what was ticked is so again.
function restore() {
  const bar = document.getElementById('bulk');
  if (!bar) return;
  for (const box of all('[data-tick]')) box.checked = kept.has(box.value);
  bar.querySelector('[data-tick-all]').checked = everyOf !== null && everyOf === choiceOf(bar);
  count();
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
  if (event.target.closest?.('[data-untick]')) {
    kept.clear();
    for (const box of all('[data-tick], [data-tick-all]')) box.checked = false;
    count();
    document.getElementById('bulk').querySelector('[data-tick-page]').focus();
  }
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
document.addEventListener('htmx:afterSwap', restore);
