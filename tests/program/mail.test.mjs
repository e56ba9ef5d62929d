// NTFY-1 through the real program and a real mail server: what is mailed arrives, once, with both of its texts; what
// does not is tried again or shown as failed; and nobody smuggles anything in.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { mailServer, read } from './smtp.mjs';
import { Installation, atEnd, call, databases, makeCode } from './support.mjs';

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const base = 'https://invite.ostiary.test';

async function until(what, condition, ms = 20_000) {
  for (const end = Date.now() + ms; ; await sleep(50)) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${ms / 1000} s: ${what}`);
  }
}

const settings = (smtp, more = {}) => ({
  OSTIARY_MAIL_SERVER: smtp.url,
  OSTIARY_MAIL_FROM: 'Flugverein Möwe <invite@ostiary.test>',
  OSTIARY_BASE_URL: base,
  ...more,
});
const invite = (server, token, code, message = 'Welcome!') =>
  call(server, 'POST', `/api/invite-codes/${code.id}/mail/`, { token, body: { message } });
const latest = async (server, token, code) => (await call(server, 'GET', `/api/invite-codes/${code.id}/mail/`, { token })).json.results[0];
const become = (server, token, code, state) =>
  until(state, async () => {
    const mail = await latest(server, token, code);
    return mail.state === state && mail;
  });
const bound = (server, token, email = 'ann@example.org', more = {}) => makeCode(server, token, { email, name: 'Ann', label: 'Spring', expires_days: 7, ...more });

for (const kind of databases) {
  test(`NTFY-1 on ${kind}: a mail arrives within two seconds, with both texts and the right head`, async (t) => {
    const smtp = await mailServer(t);
    const house = new Installation(t, kind, settings(smtp));
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const code = await bound(server, token);
    const asked = Date.now();
    assert.equal((await invite(server, token, code, 'Schön, dass du kommst.\n.\n.hidden dot')).status, 202);
    const mail = await until('the mail', () => smtp.got[0]);
    assert.ok(mail.at - asked < 2000, `${mail.at - asked} ms`);
    assert.deepEqual(mail.to, ['ann@example.org']);
    assert.match(mail.from, /<invite@ostiary\.test>/);
    const { headers, raw, text, html, count } = read(mail);
    assert.equal(count, 2);
    assert.equal(headers.from, 'Flugverein Möwe <invite@ostiary.test>');
    assert.equal(headers.to, '"Ann" <ann@example.org>');
    assert.match(headers.subject, /ada invites you to Ostiary/);
    assert.ok(Math.abs(Date.parse(headers.date) - asked) < 60_000, headers.date);
    assert.match(headers['message-id'], /^<[\w-]+@invite\.ostiary\.test>$/);
    assert.equal(headers['mime-version'], '1.0');
    assert.equal(headers['auto-submitted'], undefined);  // a person wrote it
    assert.ok(Object.values(raw).every((value) => /^[ -~]*$/.test(value)));
    const link = code.registration_url;
    assert.ok(link.startsWith(`${base}/register/`));
    for (const body of [text, html]) assert.ok(body.includes(link) && body.includes('Schön, dass du kommst.'), body);
    assert.ok(text.includes('\n.\n.hidden dot\n'));
    const sent = await become(server, token, code, 'sent');
    assert.equal(sent.attempts, 1);
    assert.ok(mail.raw.split('\r\n').every((line) => line.length <= 998));
    await sleep(1000);
    assert.equal(smtp.got.length, 1);
    const secret = link.split('/').at(-2);
    assert.ok(!house.everyByteStored().includes(secret));
    assert.ok(!house.everyByteStored().includes('Schön, dass du'));
    assert.ok(!house.log.includes(secret) && !house.log.includes(code.code));
  });

  test(`NTFY-1 on ${kind}: a temporary refusal is tried again, a permanent one fails and is shown`, async (t) => {
    let refusals = 0;
    const smtp = await mailServer(t, (step, line) => {
      if (step === 'RCPT' && line.includes('busy') && ++refusals === 1) return '451 4.3.0 come back later';
      if (step === 'RCPT' && line.includes('nobody')) return '550-5.1.1 no such\r\n550 5.1.1 user here';
      const mail = smtp.got.at(-1);
      if (step === 'text' && mail.to[0].includes('spam')) return `554 5.7.1 I do not like ${read(mail).text.match(/https:\S+/)[0]}`;
    });
    const house = new Installation(t, kind, settings(smtp));
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const busy = await bound(server, token, 'busy@example.org');
    const nobody = await bound(server, token, 'nobody@example.org');
    const spam = await bound(server, token, 'spam@example.org');
    for (const code of [busy, nobody, spam]) assert.equal((await invite(server, token, code)).status, 202);
    assert.match((await become(server, token, nobody, 'failed')).reason, /550.*5\.1\.1 no such.*user here/);
    const disliked = await become(server, token, spam, 'failed');
    assert.match(disliked.reason, /^554 5\.7\.1 I do not like/);
    assert.equal(disliked.attempts, 1);
    const sent = await become(server, token, busy, 'sent');
    assert.equal(sent.attempts, 2);
    assert.equal(smtp.got.filter((mail) => mail.taken).length, 1);
    for (const code of [busy, nobody, spam]) {
      const secret = code.registration_url.split('/').at(-2);
      assert.ok(!house.log.includes(secret) && !house.everyByteStored().includes(secret));
    }
  });

  test(`NTFY-1 on ${kind}: a server that hangs up before the text is tried again, and one after it is not`, async (t) => {
    let drops = 0;
    const smtp = await mailServer(t, (step, line, session) => {
      if (session.to[0]?.startsWith('before') && step === 'DATA' && ++drops === 1) return 'drop';
      if (step === 'text' && smtp.got.at(-1).to[0].startsWith('after')) return 'drop';
    });
    const house = new Installation(t, kind, settings(smtp));
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const before = await bound(server, token, 'before@example.org');
    const after = await bound(server, token, 'after@example.org');
    for (const code of [before, after]) assert.equal((await invite(server, token, code)).status, 202);
    await become(server, token, before, 'sent');
    await become(server, token, after, 'unknown');
    await sleep(6000);
    assert.equal(smtp.got.filter((mail) => mail.to[0].startsWith('after')).length, 1);
    assert.equal((await invite(server, token, after)).json.data.kind, 'invitation');  // by hand it may be
    await until('another', () => smtp.got.filter((mail) => mail.to[0].startsWith('after')).length === 2);
  });

  test(`NTFY-1 on ${kind}: who is killed between handing over and recording does not send twice`, async (t) => {
    const smtp = await mailServer(t, (step) => (step === 'text' ? { reply: '250 taken', after: 60_000 } : undefined));
    const house = new Installation(t, kind, settings(smtp));
    const token = house.person('ada', '--superuser');
    const first = await house.serve();
    const code = await bound(first, token);
    assert.equal((await invite(first, token, code)).status, 202);
    await until('the text', () => smtp.got.length === 1);
    await first.crash();
    const second = await house.serve();
    assert.equal((await latest(second, token, code)).state, 'sending');
    await sleep(2000);
    assert.equal(smtp.got.length, 1);
    assert.equal((await invite(second, token, code)).json.code, 'mail.under_way');
  });

  test(`NTFY-1 on ${kind}: who is told to stop leaves nothing unsaid`, async (t) => {
    const smtp = await mailServer(t, (step) => (step === 'RCPT' && smtp.got.length === 0 ? { reply: '250 ok', after: 3000 } : undefined));
    const house = new Installation(t, kind, settings(smtp));
    const token = house.person('ada', '--superuser');
    const first = await house.serve();
    const code = await bound(first, token);
    await invite(first, token, code);
    await until('the recipient', () => smtp.seen.includes('RCPT'));
    assert.equal((await first.stop()).code, 0);
    const second = await house.serve();
    const sent = await become(second, token, code, 'sent');
    assert.equal(sent.attempts, 1);
    assert.equal(smtp.got.filter((mail) => mail.taken).length, 1);
  });
}

test('NTFY-1: two nodes send each mail once', async (t) => {
  const smtp = await mailServer(t);
  const house = new Installation(t, 'postgres', settings(smtp));
  const token = house.person('ada', '--superuser');
  const nodes = [await house.serve(), await house.serve()];
  const codes = [];
  for (let i = 0; i < 40; ++i) codes.push(await bound(nodes[0], token, `guest${i}@example.org`));
  await Promise.all(codes.map((code, i) => invite(nodes[i % 2], token, code)));
  await until('all', () => smtp.got.length >= 40, 30_000);
  await sleep(1500);
  assert.equal(smtp.got.length, 40);
  assert.equal(new Set(smtp.got.map((mail) => mail.to[0])).size, 40);
  assert.equal(new Set(smtp.got.map((mail) => read(mail).headers['message-id'])).size, 40);
});

test('NTFY-1: nothing that people type becomes a header', async (t) => {
  const smtp = await mailServer(t);
  const evil = 'x\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>';
  const house = new Installation(t, 'sqlite', settings(smtp, { OSTIARY_SITE_NAME: 'A "quoted", <b>Site</b>' }));
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  for (const field of ['label', 'name', 'email'])
    assert.equal((await call(server, 'POST', '/api/invite-codes/create/', { token, body: { email: 'ann@example.org', [field]: evil } })).status, 400, field);
  const code = await bound(server, token, 'ann@example.org', { name: 'A\\"<b> Bcc: eve@example.org' });
  assert.equal((await invite(server, token, code, `Hello\r\nBcc: eve@example.org\r\n\r\n.\r\nQUIT\r\n<script>alert(1)</script>`)).status, 202);
  const mail = await until('the mail', () => smtp.got[0]);
  const { headers, html, text } = read(mail);
  assert.deepEqual(Object.keys(headers).sort(), ['content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to']);
  assert.deepEqual(mail.to, ['ann@example.org']);
  assert.ok(!html.includes('<script>') && !html.includes('<b>Site</b>'));
  assert.ok(text.includes('\n.\nQUIT\n'));
  await become(server, token, code, 'sent');
});

test('NTFY-1: whoever forgot the password gets a link, and nobody learns who has an account', async (t) => {
  const smtp = await mailServer(t);
  const house = new Installation(t, 'sqlite', settings(smtp));
  house.person('ada', '--superuser');
  const server = await house.serve();
  const ask = async (username) => {
    const page = await fetch(`${server.url}/password-reset/`);
    const cookie = page.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    const csrf = (await page.text()).match(/name="csrf_token" value="([^"]+)"/)[1];
    const answer = await fetch(`${server.url}/password-reset/`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' },
      body: new URLSearchParams({ username, csrf_token: csrf }),
    });
    return (await answer.text()).replace(/csrf_token" value="[^"]*"/g, '').replaceAll(csrf, '').replace(/req[\w-]*/g, '');
  };
  const known = await ask('ada');
  assert.equal(await ask('nobody'), known);
  const mail = await until('the mail', () => smtp.got[0]);
  const { headers, text } = read(mail);
  assert.deepEqual(mail.to, ['ada@ostiary.test']);
  assert.equal(headers['auto-submitted'], 'auto-generated');
  const link = text.match(/https:\S+\/password-reset\/([\w-]+)\//);
  assert.ok(link, text);
  assert.equal((await fetch(server.url + new URL(link[0]).pathname)).status, 200);
  await sleep(1000);
  assert.equal(smtp.got.length, 1);
  assert.ok(!house.everyByteStored().includes(link[1]) && !house.log.includes(link[1]));
});

test('NTFY-1: the password of the mail server is used, and neither shown nor logged', async (t) => {
  const proof = Buffer.from('\0mailer\0s3cret-Pass!').toString('base64');
  const smtp = await mailServer(t, (step, line) => (step === 'AUTH' && !line.includes(proof) ? '535 wrong' : undefined));
  const house = new Installation(t, 'sqlite', settings(smtp, { OSTIARY_MAIL_USERNAME: 'mailer', OSTIARY_MAIL_PASSWORD: 's3cret-Pass!', OSTIARY_LOG_LEVEL: 'debug' }));
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const code = await bound(server, token);
  await invite(server, token, code);
  await become(server, token, code, 'sent');
  assert.ok(!house.log.includes('s3cret'));
  assert.ok(!house.must('doctor').includes('s3cret'));
});

test('NTFY-1: without STARTTLS nothing goes to a server elsewhere', async (t) => {
  const smtp = await mailServer(t);
  const port = new URL(smtp.url.replace('smtp', 'http')).port;
  // A name for this machine that is not known to be one.
  const house = new Installation(t, 'sqlite', settings(smtp, { OSTIARY_MAIL_SERVER: `smtp://0.0.0.0:${port}` }));
  const token = house.person('ada', '--superuser');
  const server = await house.serve();
  const code = await bound(server, token);
  await invite(server, token, code);
  const waits = await until('a reason', async () => {
    const mail = await latest(server, token, code);
    return mail.reason && mail;
  });
  assert.equal(waits.state, 'queued');
  assert.match(waits.reason, /STARTTLS|SSL/i);
  assert.equal(smtp.got.length, 0);
});

test('NTFY-1: with a mail server of Debian’s, through a kill -9 every mail arrives once or is shown as failed', async (t) => {
  const smtp = spawn('/usr/bin/python3', [new URL('smtp_server.py', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  atEnd(t, () => smtp.kill('SIGKILL'));
  const lines = [];
  createInterface({ input: smtp.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  const port = await until('its port', () => lines[0]);
  const house = new Installation(t, 'sqlite', settings({ url: `smtp://127.0.0.1:${port}` }));
  const token = house.person('ada', '--superuser');
  const first = await house.serve();
  const names = ['nobody', 'busy', 'slow', 'dropped', ...Array.from({ length: 20 }, (_, n) => `guest${n}`)];
  const codes = [];
  for (const name of names) codes.push(await bound(first, token, `${name}@example.org`));
  await Promise.all(codes.map((code) => invite(first, token, code)));
  await until('some of them', () => lines.length > 4);
  await first.crash();
  const second = await house.serve();
  // What the killed one had in its hands stays there until its lease is over.
  const ends = await until('nearly all of them', async () => {
    const mails = await Promise.all(codes.map((code) => latest(second, token, code)));
    return mails.filter(({ state }) => state === 'sent' || state === 'failed').length >= names.length - 3 && mails;
  }, 60_000);
  await sleep(1000);
  const arrived = lines.slice(1).flatMap((mail) => mail.to);
  assert.equal(new Set(arrived).size, arrived.length, `somebody got two: ${arrived}`);
  for (const [n, mail] of ends.entries()) {
    const address = `${names[n]}@example.org`;
    if (mail.state === 'sent') assert.ok(arrived.includes(address), `${address} got none`);
    if (names[n] === 'nobody') assert.match(mail.reason, /no such user here/);
    else assert.notEqual(mail.state, 'failed', `${address}: ${mail.reason}`);
  }
  for (const { to, text } of lines.slice(1)) assert.ok(text.includes(codes[names.indexOf(to[0].split('@')[0])].registration_url));
});

test('NTFY-1: without a mail server, or without a base URL, nothing breaks and doctor says so', async (t) => {
  const smtp = await mailServer(t);
  for (const [more, verdict, said] of [
    [{}, 0, /mail +none/],
    [{ OSTIARY_MAIL_SERVER: smtp.url, OSTIARY_MAIL_FROM: 'invite@ostiary.test' }, 6, /nothing is sent: links need base_url/],
    [{ OSTIARY_MAIL_SERVER: smtp.url, OSTIARY_BASE_URL: base }, 6, /nothing is sent: set mail.from/],
  ]) {
    const house = new Installation(t, 'sqlite', more);
    const token = house.person('ada', '--superuser');
    const server = await house.serve();
    const code = await bound(server, token);
    const refused = await invite(server, token, code);
    assert.equal(refused.status, 409);
    assert.equal(refused.json.code, 'mail.off');
    const doctor = house.cli('doctor');
    assert.match(doctor.out, said);
    assert.equal(doctor.status === 0, verdict === 0, doctor.out + doctor.err);
    await server.crash();
  }
  assert.equal(smtp.got.length, 0);
});
