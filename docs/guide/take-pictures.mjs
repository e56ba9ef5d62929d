// Takes every picture of this guide again, from a fresh installation with people and codes to look at.
//   ./dev pictures [folder]        docs/guide/pictures/ unless another folder is named

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Installation, call, makeCode, register } from '../../tests/program/support.mjs';
import { browse, desktop, logIn, open, phone } from '../../tests/browser/support.mjs';

const folder = resolve(process.argv[2] ?? 'docs/guide/pictures');
mkdirSync(folder, { recursive: true });

// What the helpers of the tests hang their cleaning up on.
const endings = [];
const t = { after: (end) => endings.push(end) };

const house = new Installation(t, 'sqlite', { OSTIARY_SITE_NAME: 'Club XYZ' });
const token = house.person('ada', '--name', 'Ada Amsel', '--superuser');
house.person('max', '--name', 'Max Meise', '--role', 'manager', '--task-group', 'cleaning');
house.person('sam', '--name', 'Sam Specht', '--staff');
for (const [registration, name] of [['N12345', 'Cessna 172, blue'], ['N67890', 'Piper Archer'], ['D-EABC', 'Robin DR 400']])
  house.must('aircraft', 'add', registration, '--name', name);
const server = await house.serve();

const codes = {};
for (const [name, body] of Object.entries({
  spring: { label: 'Spring pilots', max_uses: 10, expires_days: 30, aircraft_roles: [{ aircraft: 'N12345', role: 'pilot' }],
            notes: 'For the course that starts in May' },
  crew: { label: 'Cleaning crew', task_group: 'cleaning', max_uses: 5, expires_days: 5 },
  bob: { label: 'Bob Builder', email: 'bob@example.org', name: 'Bob Builder', max_uses: 1, task_group: 'maintenance' },
  open: { label: 'Open day', max_uses: 0, expires_days: 90 },
  workshop: { label: 'Workshop', max_uses: 3, task_group: 'maintenance' },
  old: { label: 'Last winter', max_uses: 20 },
})) codes[name] = await makeCode(server, token, body);
for (const [name, guests] of [['spring', 3], ['crew', 4], ['workshop', 3], ['open', 7]])
  for (let i = 1; i <= guests; ++i) await register(server, codes[name].code, `${name}-${i}`);
await call(server, 'POST', `/api/invite-codes/${codes.old.id}/revoke/`, { token });

const browser = await browse(t);
const rooms = new Map();
// A page of that person's, at that width and in those colours; each is opened once.
async function pageOf(person, viewport, colorScheme) {
  const key = `${person} ${viewport.width} ${colorScheme}`;
  if (!rooms.has(key)) {
    const page = await open(t, browser, { viewport, colorScheme, deviceScaleFactor: 2 });
    if (person) await logIn(page, server, person);
    rooms.set(key, page);
  }
  return rooms.get(key);
}

const link = new URL(codes.spring.registration_url).pathname;
const pictures = [
  ['join-phone', '', phone, link],
  ['join-code', '', phone, '/register/'],
  ['log-in', '', phone, '/login/'],
  ['manage-list', 'sam', desktop, '/manage/invitations/'],
  ['manage-list-phone', 'sam', phone, '/manage/invitations/'],
  ['manage-new', 'sam', desktop, '/manage/invitations/new/'],
  ['manage-detail', 'sam', desktop, `/manage/invitations/${codes.spring.id}/`],
  ['manage-users', 'sam', desktop, '/manage/users/'],
  ['admin-overview', 'ada', desktop, '/admin/'],
  ['admin-list', 'ada', desktop, '/admin/invite-codes/'],
  ['admin-new', 'ada', desktop, '/admin/create-invite-code/'],
  ['admin-detail', 'ada', desktop, `/admin/invite-codes/${codes.spring.id}/`],
  ['admin-users', 'ada', desktop, '/admin/users/'],
  ['admin-aircraft', 'ada', desktop, '/admin/aircraft/'],
  ['admin-data', 'ada', desktop, '/admin/data/'],
  ['manager-overview', 'max', desktop, '/manager/'],
  ['manager-list', 'max', desktop, '/manager/invite-codes/'],
  ['account', 'sam', phone, '/account/'],
];
try {
  for (const colours of ['light', 'dark'])
    for (const [name, person, viewport, path] of pictures) {
      const page = await pageOf(person, viewport, colours);
      await page.goto(server.url + path);
      const file = join(folder, colours === 'light' ? `${name}.png` : `${name}-dark.png`);
      await page.screenshot({ path: file, fullPage: true });
      console.log(file);
    }
} finally {
  for (const end of endings.reverse()) await Promise.resolve(end()).catch(() => {});
}
process.exit(0);
