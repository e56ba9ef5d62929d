// Parts of a page that are asked for anew while one types, filters or leafs. htmx asks, idiomorph changes only what
// differs: what has the focus keeps it. Nothing of both needs eval or inline styles.

import htmx from 'htmx.org/dist/htmx.esm.js';
import { Idiomorph } from 'idiomorph/dist/idiomorph.esm.js';

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,  // pages hold secrets; the browser asks again instead
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  scrollIntoViewOnBoost: false,
  timeout: 15000,
});

htmx.defineExtension('morph', {
  isInlineSwap: (style) => style === 'morph',
  handleSwap(style, target, fragment) {
    if (style !== 'morph') return false;
    return Idiomorph.morph(target, fragment.children ?? fragment, { morphStyle: 'outerHTML', ignoreActiveValue: true });
  },
});

// What had the focus may be gone with what it stood in: then the number of what is there has it.
document.addEventListener('htmx:afterSettle', (event) => {
  if (document.activeElement !== document.body) return;
  (event.target.querySelector?.('[role="status"][tabindex]') ?? document.getElementById('main')).focus({ preventScroll: true });
});

// An answer from elsewhere (the session has ended: log in first) or an error is a page of its own: go there. Not where
// something was sent to be judged while somebody types: what they typed matters more than that judgement.
const isPage = (event) => event.detail.requestConfig.verb === 'get';
const asked = (event) => event.detail.pathInfo.finalRequestPath ?? event.detail.pathInfo.requestPath;
document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr } = event.detail;
  const answered = xhr.responseURL && new URL(xhr.responseURL).pathname;
  if (!answered || answered === new URL(asked(event), location.href).pathname) return;
  event.detail.shouldSwap = false;
  if (isPage(event)) location.assign(asked(event));
});
document.addEventListener('htmx:responseError', (event) => { if (isPage(event)) location.assign(asked(event)); });

// No answer at all: what is there stays, and that is said.
const unreached = document.getElementById('unreached');
for (const name of ['htmx:sendError', 'htmx:timeout'])
  document.addEventListener(name, () => { unreached.hidden = false; });
document.addEventListener('htmx:afterRequest', (event) => { if (event.detail.successful) unreached.hidden = true; });
