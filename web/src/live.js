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
