// What makes the pages quicker to use. Everything works without it.

const html = document.documentElement;
const said = document.getElementById('said');

function say(words) {
    said.textContent = '';
    requestAnimationFrame(() => { said.textContent = words; });
}

// ── Copying, with a confirmation that is seen and heard ──
async function copy(button) {
    try {
        await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
        // Without a secure context there is no clipboard: leave the text selected instead.
        const area = document.createElement('textarea');
        area.value = button.dataset.copy;
        document.body.append(area);
        area.select();
        document.execCommand('copy');
        area.remove();
    }
    const word = button.querySelector('[data-copy-word]');
    const before = word?.dataset.before ?? word?.textContent;
    if (word) {
        word.dataset.before = before;
        word.textContent = 'Copied';
    }
    button.classList.add('done');
    say('Copied');
    clearTimeout(button.timer);
    button.timer = setTimeout(() => {
        button.classList.remove('done');
        if (word) word.textContent = before;
    }, 2000);
}

// ── Colours: light, dark, and as the system has it; the server reads the cookie before the first paint ──
function nextTheme() {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const order = dark ? ['', 'light', 'dark'] : ['', 'dark', 'light'];
    const theme = order[(order.indexOf(html.dataset.theme ?? '') + 1) % order.length];
    html.dataset.theme = theme;
    document.cookie = `ostiary_theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax`;
    say(theme ? `${theme} colours` : 'Colours of your system');
}

// ── Questions that have a page of their own are asked right here ──
async function ask(link) {
    const page = await fetch(link.href, { headers: { accept: 'text/html' } });
    const question = new DOMParser().parseFromString(await page.text(), 'text/html').getElementById('dialog');
    if (!page.ok || !question) {
        location.href = link.href;
        return;
    }
    const dialog = document.createElement('dialog');
    question.removeAttribute('id');
    const title = question.querySelector('h1');
    title.id = 'dialog-title';
    dialog.setAttribute('aria-labelledby', title.id);
    dialog.append(document.importNode(question, true));
    dialog.addEventListener('click', (event) => {
        if (event.target === dialog || event.target.closest('[data-close]')) {
            event.preventDefault();
            dialog.close();
        }
    });
    dialog.addEventListener('close', () => {
        dialog.remove();
        link.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('[data-close]')?.focus();
}

document.addEventListener('click', (event) => {
    const target = event.target.closest('[data-copy], [data-theme-toggle], [data-dismiss], [data-dialog], [data-fill], [data-print]');
    if (!target) {
        for (const menu of document.querySelectorAll('details.menu[open], details.sheet[open]'))
            if (!menu.contains(event.target)) menu.open = false;
        return;
    }
    const data = target.dataset;
    if ('copy' in data) copy(target);
    else if ('themeToggle' in data) nextTheme();
    else if ('dismiss' in data) target.closest('.notice').remove();
    else if ('print' in data) print();
    else if ('fill' in data) {
        const field = document.getElementById(data.fill);
        field.value = data.value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
    } else if ('dialog' in data && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        ask(target);
    }
});

document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll('details.menu[open], details.sheet[open]')) {
        menu.open = false;
        menu.querySelector('summary').focus();
    }
});

// ── Quick choices show which one is in effect ──
function markQuick(field) {
    for (const chip of document.querySelectorAll(`[data-fill="${CSS.escape(field.id)}"]`))
        chip.setAttribute('aria-pressed', String(chip.dataset.value === field.value.trim()));
}
for (const chip of document.querySelectorAll('[data-fill]')) markQuick(document.getElementById(chip.dataset.fill));
document.addEventListener('input', (event) => { if (event.target.id) markQuick(event.target); });

// ── Forms ──
for (const form of document.querySelectorAll('[data-autosubmit]'))
    form.addEventListener('change', (event) => { if (event.target.matches('select')) form.requestSubmit(); });
for (const field of document.querySelectorAll('[data-zone]'))
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
for (const form of document.querySelectorAll('form[data-once]'))
    form.addEventListener('submit', (event) => {
        if (form.dataset.sent) event.preventDefault();
        form.dataset.sent = '1';
    });
addEventListener('pageshow', () => { for (const form of document.querySelectorAll('form[data-once]')) delete form.dataset.sent; });
document.querySelector('[role="alert"] a[href^="#"]')?.closest('[role="alert"]').setAttribute('tabindex', '-1');
document.querySelector('[role="alert"][tabindex]')?.focus();
for (const link of document.querySelectorAll('[role="alert"] a[href^="#"]'))
    link.addEventListener('click', (event) => {
        const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!field) return;
        event.preventDefault();
        field.closest('details')?.setAttribute('open', '');
        field.focus();
    });

// ── "2 minutes ago" stays true ──
const steps = [[60, 'minute'], [3600, 'hour'], [86400, 'day'], [2592000, 'month'], [31536000, 'year']];
function ago(then) {
    const seconds = (then - Date.now()) / 1000;
    const distance = Math.abs(seconds);
    if (distance < 60) return seconds <= 0 ? 'just now' : 'in a moment';
    const limits = [3600, 86400, 60 * 86400, 730 * 86400, Infinity];
    const [length, unit] = steps[limits.findIndex((limit) => distance < limit)];
    const count = seconds < 0 ? Math.floor(distance / length) : Math.ceil(distance / length);
    const span = `${count} ${unit}${count === 1 ? '' : 's'}`;
    return seconds < 0 ? `${span} ago` : `in ${span}`;
}
setInterval(() => {
    for (const time of document.querySelectorAll('time[data-ago]')) {
        const words = ago(Date.parse(time.dateTime));
        if (time.textContent !== words) time.textContent = words;
    }
}, 30000);

// ── The sentence of what a new code will do, while it is typed ──
function summarize(form, into) {
    const value = (name) => form.elements[name]?.value?.trim() ?? '';
    const chosen = (name) => form.elements[name]?.selectedOptions?.[0]?.textContent.trim();
    const day = (date) => date.toLocaleDateString(html.lang, { day: 'numeric', month: 'long', year: 'numeric' });
    const uses = Number(value('max_uses'));
    const who = value('email') ? `Only ${value('email')} may join`
        : uses === 1 ? 'One person may join' : uses > 1 ? `Up to ${uses} people may join` : 'Any number of people may join';
    const as = chosen('role') ? ` as ${chosen('role')} in ${chosen('task_group')}` : '';
    const days = Number(value('expires_days'));
    const until = value('expires_at') ? new Date(value('expires_at')) : days > 0 ? new Date(Date.now() + days * 86400000) : null;
    const roles = [...form.querySelectorAll('[name="aircraft"]')]
        .map((field, i) => field.value && `${form.querySelectorAll('[name="aircraft_role"]')[i].selectedOptions[0].textContent.toLowerCase()} of ${field.value}`)
        .filter(Boolean);
    into.textContent = `${who}${as}${until && !Number.isNaN(until.valueOf()) ? ` until ${day(until)}` : ', with no end'}.`
        + (roles.length ? ` They become ${roles.join(' and ')}.` : '');
}
for (const into of document.querySelectorAll('[data-sum]')) {
    const form = document.getElementById(into.dataset.sum);
    form.addEventListener('input', () => summarize(form, into));
    summarize(form, into);
}
