// Parts of a page that follow what happens. The server says that something did, and with which codes; the page then asks
// for itself again and changes what differs. data-follow names the one code a part is about; empty, it is about many.

import htmx from 'htmx.org/dist/htmx.esm.js';
import { Idiomorph } from 'idiomorph/dist/idiomorph.esm.js';
import { askFor } from './ask.js';

const between = 1000;  // ms from one look to the next, however much happens
let stream = null, seen = new URLSearchParams(document.body.dataset.live?.split('?')[1]).get('since');
let looks = null, looked = 0;
const stale = new Set();

const parts = () => [...document.querySelectorAll('[data-follow]')];

// Chosen or typed, and not asked for yet. (Ticks outlast every look: see ticks.js.)
function isTouched(field) {
  if (field.matches('[type=checkbox], [type=radio], [type=hidden]') || !field.checkVisibility()) return false;
  if (field.value === (new URLSearchParams(location.search).get(field.name) ?? '')) return false;
  if (!field.matches('select')) return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
}

// Whoever is in the middle of something is not disturbed.
const isBusy = (part) => document.querySelector('dialog[open]') || part.matches('.htmx-request') || part.querySelector('details[open]')
  || [...part.querySelectorAll('select, input, textarea')].some(isTouched);

function lookSoon() {
  looks ??= setTimeout(look, Math.max(100 + 200 * Math.random(), looked + between - Date.now()));
}

async function look() {
  looked = Date.now();
  const here = location.href;
  const fresh = await askFor(here);
  looks = null;
  if (fresh && here === location.href) for (const id of stale) renew(id, fresh);
  if (stale.size && fresh) lookSoon();
}

function renew(id, fresh) {
  const part = document.getElementById(id);
  if (part && isBusy(part)) return;
  stale.delete(id);
  const instead = fresh.getElementById(id);
  if (!part || !instead) return;
  Idiomorph.morph(part, instead, { morphStyle: 'outerHTML', ignoreActiveValue: true });
  const renewed = document.getElementById(id);
  htmx.process(renewed);
  renewed.dispatchEvent(new CustomEvent('htmx:afterSwap', { bubbles: true }));
}

function hear(message) {
  seen = message.lastEventId;
  const { codes } = JSON.parse(message.data);
  for (const { id, dataset } of parts())
    if (!dataset.follow || !codes.length || codes.includes(Number(dataset.follow))) stale.add(id);
  if (stale.size) lookSoon();
}

// Only while somebody looks: browsers share few connections among all tabs.
function follow() {
  stream?.close();
  stream = null;
  if (document.hidden || seen === null || !parts().length) return;
  stream = new EventSource(`/live/?since=${seen}`);
  stream.onmessage = hear;
  stream.onerror = () => { if (stream?.readyState === EventSource.CLOSED) setTimeout(follow, 30000); };
}

document.addEventListener('visibilitychange', follow);
addEventListener('pagehide', () => stream?.close());
addEventListener('pageshow', follow);
