// What makes the pages quicker to use. Everything works without it, and no words are said from here: they
// stand in the pages.

import './copy.js';
import './theme.js';
import './dialogs.js';
import './menus.js';
import './forms.js';
import './times.js';
import './live.js';
import './ticks.js';
import './palette.js';
import './follow.js';
