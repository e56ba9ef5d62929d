// The real program, as processes on loopback, on either database; everything ends with its test.

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hold } from './judge.mjs';

export const program = resolve(process.env.OSTIARY_TEST_PROGRAM ?? 'build/ostiary');
export const password = 'Heron-4-breakfast!';
export const databases = ['sqlite', 'postgres'];

const postgres = process.env.OSTIARY_TEST_POSTGRES;

function psql(sql) {
  const done = spawnSync('psql', [postgres, '-qAtX', '-v', 'ON_ERROR_STOP=1', '-c', sql], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr || String(done.error));
  return done.stdout;
}

const endings = new WeakMap();

// Like t.after, but the other way round, as things were built on each other: the browser leaves before the server ends.
export function atEnd(t, end) {
  if (!endings.has(t)) {
    endings.set(t, []);
    t.after(async () => {
      const failures = [];
      for (const one of endings.get(t).reverse()) await Promise.resolve().then(one).catch((failure) => failures.push(failure));
      if (failures.length) throw failures[0];
    });
  }
  endings.get(t).push(end);
}

function freshPostgres(t) {
  if (!postgres) throw new Error('OSTIARY_TEST_POSTGRES names no PostgreSQL; ./dev test starts one');
  const name = `t_${randomBytes(6).toString('hex')}`;
  psql(`CREATE DATABASE ${name}`);
  atEnd(t, () => psql(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  const url = new URL(postgres);
  url.pathname = `/${name}`;
  return url.href;
}

// One installation: a data folder, a database, and as many serving processes as the test starts.
export class Installation {
  constructor(t, kind, settings = {}) {
    this.t = t;
    this.kind = kind;
    this.data = mkdtempSync(join(tmpdir(), 'ostiary-test-'));
    atEnd(t, () => rmSync(this.data, { recursive: true, force: true }));
    this.database = kind === 'postgres' ? freshPostgres(t) : null;
    // Cheap hashes: these tests are about counting, not about passwords.
    this.env = { ...process.env, OSTIARY_LIMITS: 'off', OSTIARY_PASSWORDS_MEMORY_KIB: '64', OSTIARY_PASSWORDS_PASSES: '1', ...settings };
    this.log = '';
  }

  where() {
    return this.database ? ['--data', this.data, '--database', this.database] : ['--data', this.data];
  }

  cli(...args) {
    const input = args.includes('--password-stdin') ? `${password}\n` : '';
    const done = spawnSync(program, [...args, ...this.where()], { encoding: 'utf8', env: this.env, input });
    return { status: done.status, out: done.stdout, err: done.stderr };
  }

  must(...args) {
    const done = this.cli(...args);
    if (done.status !== 0) throw new Error(`ostiary ${args.join(' ')} → ${done.status}\n${done.out}${done.err}`);
    return done.out;
  }

  // A person, and a token of theirs with every scope.
  person(name, ...flags) {
    this.must('user', 'create', name, '--email', `${name}@ostiary.test`, '--password-stdin', ...flags);
    const scopes = 'codes:read,codes:write,users:read,users:write,aircraft:read,aircraft:write,redeem,audit:read,stats:read,me,webhooks';
    return this.must('token', 'create', '--user', name, '--scopes', scopes).match(/ost_[\w-]+/)[0];
  }

  // A serving process; resolves when it answers. `url` is its address.
  async serve(...more) {
    const child = spawn(program, ['serve', '--listen', '127.0.0.1:0', ...this.where(), ...more], { env: this.env });
    const server = { child, pid: child.pid, log: '', url: '' };
    const exited = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
    server.exited = exited;
    server.stop = () => (child.kill('SIGTERM'), exited);
    server.crash = () => (child.kill('SIGKILL'), exited);
    atEnd(this.t, () => server.crash());
    await new Promise((ready, fail) => {
      const deadline = setTimeout(() => fail(new Error(`did not start:\n${server.log}`)), 20_000);
      const hear = (chunk) => {
        server.log += chunk;
        this.log += chunk;
        // Where it listens, whatever it is called from outside.
        const at = server.log.match(/Ostiary is at/) && server.log.match(/(?:http:\/\/|listening on )(127\.0\.0\.1:\d+)/);
        if (at && !server.url) {
          server.url = `http://${at[1]}`;
          clearTimeout(deadline);
          ready();
        }
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      exited.then(() => fail(new Error(`ended at once:\n${server.log}`)));
    });
    return server;
  }

  // Every byte of the data folder (and of the PostgreSQL database, dumped), for searching.
  everyByteStored() {
    const files = readdirSync(this.data).filter((name) => !name.endsWith('.key'));
    let all = files.map((name) => readFileSync(join(this.data, name), 'latin1')).join('\n');
    if (this.database) all += spawnSync('pg_dump', [this.database], { encoding: 'latin1', maxBuffer: 1 << 28 }).stdout;
    return all;
  }
}

export async function call(server, method, path, { token, body, headers } = {}) {
  const response = await fetch(server.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  let json = null;
  try {
    json = JSON.parse(text);
  } catch {}
  await hold(server, method, path, response, json);
  return { status: response.status, headers: response.headers, text, json };
}

export function register(server, code, username, headers) {
  const body = { invite_code: code, username, email: `${username}@example.org`, password, password_confirm: password };
  return call(server, 'POST', '/api/register/', { body, headers });
}

// A use by an application, for somebody of its own.
export async function redeem(server, token, code, subject) {
  const done = await call(server, 'POST', '/api/redemptions/', { token, body: { code, subject } });
  if (done.status !== 201) throw new Error(`${done.status} ${done.text}`);
  return done.json.data;
}

export async function makeCode(server, token, body = {}) {
  const made = await call(server, 'POST', '/api/invite-codes/create/', { token, body });
  if (made.status !== 201) throw new Error(`${made.status} ${made.text}`);
  return made.json.data;
}

// used_count, having checked that exactly so many redemptions stand behind it.
export async function uses(server, token, id) {
  const code = (await call(server, 'GET', `/api/invite-codes/${id}/`, { token })).json;
  let cursor = '';
  let redemptions = 0;
  do {
    const page = (await call(server, 'GET', `/api/invite-codes/${id}/redemptions/?page_size=100&cursor=${cursor}`, { token })).json;
    redemptions += page.results.length;
    cursor = page.next ?? '';
  } while (cursor);
  if (code.used_count !== redemptions) throw new Error(`code ${id}: used_count ${code.used_count}, redemptions ${redemptions}`);
  return code.used_count;
}
