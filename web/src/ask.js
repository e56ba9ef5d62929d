// A page, asked for by a script and not by the person: what the server has to tell the person waits for the page that is
// opened (pages/notice.h). Null when there is none, or it stands elsewhere.

export async function askFor(url) {
  const answer = await fetch(url, { headers: { accept: 'text/html', 'x-requested-with': 'fetch' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}
