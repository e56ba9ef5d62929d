// ── The sentence of what a new code will do, while it is typed ──

const html = document.documentElement;
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
