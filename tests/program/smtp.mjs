// A mail server for tests: keeps what it gets, and refuses, waits or hangs up as it is told.

import { createServer } from 'node:net';

// `mood(step, line, session)` decides what is said instead of yes: a reply, {reply, after} in ms, or 'drop'. Steps:
// connect, EHLO, AUTH, MAIL, RCPT, DATA, and text once the whole mail was read.
export async function mailServer(t, mood = () => undefined) {
  const got = [];
  const seen = [];
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const session = { from: '', to: [], lines: [] };
    let buffer = '';
    let reading = false;
    const say = async (step, line, usual) => {
      seen.push(step);
      const said = mood(step, line, session) ?? usual;
      if (said === 'drop') return socket.destroy(), false;
      const { reply, after = 0 } = typeof said === 'string' ? { reply: said } : said;
      if (after) await new Promise((done) => setTimeout(done, after).unref());
      socket.write(`${reply}\r\n`);
      return reply[0] === '2' || reply[0] === '3';
    };
    const command = async (line) => {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO') return say('EHLO', line, '250-mail.test\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME');
      if (line === 'AUTH PLAIN') return (session.proving = true), socket.write('334 \r\n');
      if (session.proving) return (session.proving = false), say('AUTH', line, '235 ok');
      if (word === 'MAIL') return (session.from = line), say('MAIL', line, '250 ok');
      if (word === 'RCPT') return session.to.push(line.match(/<(.*)>/)[1]), say('RCPT', line, '250 ok');
      if (word === 'DATA') return (reading = await say('DATA', line, '354 go on'));
      if (word === 'QUIT') return socket.end('221 bye\r\n');
      return say(word, line, '250 ok');
    };
    const work = async () => {
      for (let end; (end = buffer.indexOf('\r\n')) >= 0; ) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (!reading) await command(line);
        else if (line !== '.') session.lines.push(line.startsWith('.') ? line.slice(1) : line);
        else {
          reading = false;
          const mail = { ...session, raw: session.lines.join('\r\n'), at: Date.now() };
          session.to = [];
          session.lines = [];
          got.push(mail);
          mail.taken = await say('text', '', '250 2.0.0 taken');
        }
      }
    };
    let turn = say('connect', '', '220 mail.test');
    socket.on('data', (data) => {
      turn = turn.then(() => {
        buffer += data.toString('latin1');
        return work();
      });
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { got, seen, url: `smtp://127.0.0.1:${server.address().port}` };
}

const decodeWords = (text) =>
  text.replace(/\?=\s+=\?/g, '?==?').replace(/(=\?UTF-8\?B\?([^?]*)\?=)+/g, (words) =>
    Buffer.concat([...words.matchAll(/\?B\?([^?]*)\?=/g)].map((match) => Buffer.from(match[1], 'base64'))).toString());
const decodeQuoted = (text) =>
  Buffer.from(text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString();

function split(raw) {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
  const headers = {};
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (name in headers) throw new Error(`twice: ${name}`);
    headers[name] = line.slice(colon + 1).trim();
  }
  return { headers, body: raw.slice(end + 4) };
}

function parts(raw) {
  const { headers, body } = split(raw);
  const boundary = headers['content-type']?.match(/boundary="?([^";]+)/)?.[1];
  if (!boundary) return [{ headers, text: decodeQuoted(body).replaceAll('\r\n', '\n') }];
  return body.split(`--${boundary}`).slice(1, -1).flatMap((part) => parts(part.replace(/^\r\n/, '').replace(/\r\n$/, '')));
}

// Its headers, decoded, and its two texts.
export function read(mail) {
  const { headers } = split(mail.raw);
  const found = parts(mail.raw);
  const of = (type) => found.find((part) => part.headers['content-type'].startsWith(type)).text;
  const decoded = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, decodeWords(value)]));
  return { headers: decoded, raw: headers, text: of('text/plain'), html: of('text/html'), count: found.length };
}
