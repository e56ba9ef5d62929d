// A small application of its own, with people of its own, that only those with an invite code may join. It asks
// Ostiary one thing, once: may this person have one use of this code? Nothing else is shared.
//
//   OSTIARY_URL=http://127.0.0.1:8080 OSTIARY_TOKEN=ost_… node club.mjs
//
// The token needs the scope `redeem` and no other.

import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const ostiary = process.env.OSTIARY_URL ?? 'http://127.0.0.1:8080';
const token = process.env.OSTIARY_TOKEN ?? '';
const members = new Map();  // name → what the code granted; a real application has a database

// The one call. The subject is our own name for the person, so asking again for the same person and code is
// answered with the first answer: after a crash or a lost connection, simply ask again.
async function redeem(code, subject, email) {
  const key = createHash('sha256').update(`${subject}\n${code}`).digest('hex');
  const answer = await fetch(`${ostiary}/api/redemptions/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ code, subject, email }),
    signal: AbortSignal.timeout(10_000),
  });
  const body = await answer.json();
  if (answer.ok) return { grants: body.data };
  if (answer.status === 400) return { problem: Object.values(body.fields).flat()[0] ?? body.error };
  throw new Error(`${answer.status} ${body.error}, request ${body.request_id}`);
}

const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const page = (title, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><body style="font: 16px/1.5 system-ui; max-width: 24rem; margin: 3rem auto; padding: 0 1rem">
<h1>${escaped(title)}</h1>${body}`;
const form = ({ name = '', email = '', code = '', problem = '' } = {}) => page('Join the club', `
${problem && `<p role="alert"><strong>${escaped(problem)}</strong></p>`}
<form method="post" action="/join">
  <p><label>Name<br><input name="name" required value="${escaped(name)}"></label></p>
  <p><label>E-mail<br><input name="email" type="email" required value="${escaped(email)}"></label></p>
  <p><label>Invite code<br><input name="code" required autocapitalize="characters" value="${escaped(code)}"></label></p>
  <p><button>Join</button></p>
</form>`);

async function typedInto(request) {
  let body = '';
  for await (const chunk of request) if ((body += chunk).length > 10_000) throw new Error('too long');
  return Object.fromEntries(new URLSearchParams(body));
}

async function join(request) {
  const typed = await typedInto(request);
  const { name = '', email = '', code = '' } = typed;
  if (members.has(name)) return [400, form({ ...typed, problem: 'There is a member of that name' })];
  const { grants, problem } = await redeem(code, name, email);
  if (problem) return [400, form({ ...typed, problem })];
  members.set(name, { id: randomUUID(), email, role: grants.role });
  return [201, page(`Welcome, ${name}`, `<p>You are a member now, as ${escaped(grants.role)} in ${escaped(grants.task_group)}.</p>`)];
}

const server = createServer(async (request, response) => {
  let [status, html] = [200, form()];
  try {
    if (request.method === 'POST' && request.url === '/join') [status, html] = await join(request);
    else if (request.url !== '/') [status, html] = [404, page('Nothing here', '')];
  } catch (failure) {
    console.error(failure.message);
    [status, html] = [503, page('Please try again in a minute', '')];
  }
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
});
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => console.log(`The club is at http://127.0.0.1:${server.address().port}/`));
