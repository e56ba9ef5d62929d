// Invitations are opened where they are read: inside messengers, which change links, hide headers and keep cookies apart.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { Installation, makeCode, password, uses } from '../program/support.mjs';
import { browse, open, phone } from './support.mjs';

const agents = {
  Instagram: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 '
    + 'Instagram 332.0.0.24.95 (iPhone14,5; iOS 17_5; de_DE; de; scale=3.00; 1170x2532; 600000000)',
  Facebook: 'Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 '
    + 'Chrome/125.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/465.0.0.57.83;IABMV/1;]',
  WeChat: 'Mozilla/5.0 (Linux; Android 13; V2185A Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 '
    + 'Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F30) WeChat/arm64 NetType/WIFI Language/zh_CN',
  Telegram: 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 '
    + 'Telegram-iOS/10.2',
};

async function house(t) {
  const installation = new Installation(t, 'sqlite');
  const token = installation.person('ada', '--superuser');
  return { token, server: await installation.serve() };
}

async function fillForm(page, username) {
  await page.fill('[name=username]', username);
  await page.fill('[name=email]', `${username}@example.org`);
  await page.fill('[name=password]', password);
  await page.fill('[name=password_confirm]', password);
}

test('REG-1: in the browsers of messengers, which send no Referer and no Sec-Fetch headers, a guest registers', async (t) => {
  const { token, server } = await house(t);
  const code = await makeCode(server, token, { max_uses: 0 });
  const browser = await browse();
  let registered = 0;
  for (const [name, userAgent] of Object.entries(agents)) {
    const page = await open(t, browser, { viewport: phone, hasTouch: true, isMobile: true, userAgent });
    await page.route('**/*', async (route) => {
      const sent = Object.entries(route.request().headers());
      const headers = Object.fromEntries(sent.filter(([header]) => !/^(referer|origin|sec-)/.test(header)));
      await route.continue({ headers });
    });
    await page.goto(server.url + new URL(code.registration_url).pathname);
    await fillForm(page, `guest-${name.toLowerCase()}`);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/welcome/');
    assert.match(await page.textContent('h1'), /You are in/, name);
    assert.equal(await uses(server, token, code.id), ++registered, name);
  }
});

// As an old web view does it, header by header: a cookie jar and nothing else.
function raw(server, method, path, { cookie, body } = {}) {
  return new Promise((done, fail) => {
    const form = body && new URLSearchParams(body).toString();
    const is_form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(form ?? '') };
    const headers = { ...(cookie && { cookie }), ...(form && is_form) };
    const asked = request(server.url + path, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => { text += part; });
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text }));
    });
    asked.on('error', fail).end(form);
  });
}

test('REG-1: a web view that sends nothing but its cookie registers; one that keeps no cookie is told why it cannot', async (t) => {
  const { token, server } = await house(t);
  const code = await makeCode(server, token, { max_uses: 0 });
  const path = new URL(code.registration_url).pathname;
  const form = await raw(server, 'GET', path);
  const csrf_token = form.text.match(/name="csrf_token" value="([^"]+)"/)[1];
  const cookie = (form.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
  const body = { csrf_token, username: 'ann', email: 'ann@example.org', password, password_confirm: password };
  const refused = await raw(server, 'POST', path, { body });
  assert.equal(refused.status, 403);
  assert.match(refused.text, /reload the page/);
  assert.equal(await uses(server, token, code.id), 0);
  const done = await raw(server, 'POST', path, { cookie, body });
  assert.equal(done.status, 303, done.text);
  assert.equal(done.headers.location, '/welcome/');
  assert.equal(await uses(server, token, code.id), 1);
});

test('REG-1: with third-party cookies blocked, and the link opened from another site, a guest registers', async (t) => {
  const { token, server } = await house(t);
  const code = await makeCode(server, token);
  const browser = await browse();
  const page = await open(t, browser, { viewport: phone });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCookieControls', {
    enableThirdPartyCookieRestriction: true, disableThirdPartyCookieMetadata: true, disableThirdPartyCookieHeuristics: true,
  });
  const link = server.url + new URL(code.registration_url).pathname;
  await page.route('http://feed.example/**', (route) => route.fulfill({  // whatever is asked of it, a favicon too
    contentType: 'text/html', body: `<a href="${link}">Join us</a>`,
  }));
  await page.goto('http://feed.example/');
  await page.click('a');
  await fillForm(page, 'ann');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/welcome/');
  assert.equal(await uses(server, token, code.id), 1);
});

test('REG-1: a link that was wrapped, ended by punctuation or tracked on its way still opens the invitation', async (t) => {
  const { token, server } = await house(t);
  const code = await makeCode(server, token, { code: 'SPRING-26', max_uses: 0 });
  const path = new URL(code.registration_url).pathname;
  const bare = path.slice(0, -1);
  const page = await open(t, await browse(), { viewport: phone });
  const ends = ['.', ')', ',', ';', '!', '>', '%3E', '%3e.', ').', '",', "'", ']'];
  const tracked = ['?fbclid=IwAR0abc_-&utm_source=instagram&utm_medium=social', '?igshid=x%3D%3D', '?utm_source=a.b,c)', '#:~:text=join'];
  const links = [path, bare, ...[...tracked, ...ends].flatMap((tail) => [path + tail, bare + tail]), `${path})?fbclid=1`,
                 '/register/?code=SPRING-26&fbclid=IwAR0', '/register/?code=spring26',
                 ...ends.map((end) => `/register/?code=SPRING-26${end}`), '/register/?code=%3CSPRING-26%3E'];
  for (const link of links) {
    const answer = await page.goto(server.url + link);
    assert.equal(answer.status(), 200, link);
    assert.ok(await page.locator('[name=password_confirm]').isVisible(), link);
  }
  assert.equal(await uses(server, token, code.id), 0);  // REG-2
  for (const link of [`${path}more/`, `${path}x)`])
    assert.equal((await page.goto(server.url + link)).status(), 404, link);
  await page.goto(`${server.url}${path})?fbclid=1`);
  await fillForm(page, 'ann');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL('**/welcome/');
  assert.equal(await uses(server, token, code.id), 1);
});
