// "2 minutes ago" stays true, in the language of the page.

const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'always' });
const minute = 60, hour = 3600, day = 86400;
const steps = [[hour, minute, 'minute'], [day, hour, 'hour'], [60 * day, day, 'day'], [730 * day, 30 * day, 'month'],
               [Infinity, 365 * day, 'year']];

// Rounded as the server does: what has been, down; what is to come, up. Nothing within a minute.
function ago(then) {
  const seconds = (then - Date.now()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < minute) return null;
  const [, length, unit] = steps.find(([below]) => distance < below);
  return words.format(seconds < 0 ? -Math.floor(distance / length) : Math.ceil(distance / length), unit);
}

setInterval(() => {
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const said = ago(Date.parse(time.dateTime));
    if (said && time.textContent !== said) time.textContent = said;
  }
}, 30000);
