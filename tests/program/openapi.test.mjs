// The contract of the API as other people's tools read it (API-7).

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { hold } from './judge.mjs';
import { Installation, makeCode } from './support.mjs';

const { createConfig, lintFromString } = createRequire(new URL('../browser/', import.meta.url))('@redocly/openapi-core');

test('API-7: the OpenAPI document passes the strictest set of rules of a linter', async (t) => {
  const installation = new Installation(t, 'sqlite');
  const server = await installation.serve();
  const source = await (await fetch(`${server.url}/api/openapi.json`)).text();
  // Addresses end in a slash because the documents' do; without it they are answered all the same.
  const rules = { 'no-path-trailing-slash': 'off' };
  const config = await createConfig({ extends: ['recommended-strict'], rules });
  const problems = await lintFromString({ source, config });
  assert.deepEqual(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]), []);
  // A linter that finds nothing anywhere would prove nothing.
  const broken = source.replace('"summary":', '"summery":');
  assert.notDeepEqual(await lintFromString({ source: broken, config }), []);
});

test('API-7: the judge of answers finds what is missing, what is too much and what is of another type', async (t) => {
  const installation = new Installation(t, 'sqlite');
  const token = installation.person('ada', '--superuser');
  const server = await installation.serve();
  const code = await makeCode(server, token);
  const path = `/api/invite-codes/${code.id}/`;
  const answer = { status: 200, headers: new Headers({ 'content-type': 'application/json' }) };
  await hold(server, 'GET', path, answer, code);
  const { role, ...less } = code;
  for (const wrong of [less, { ...code, more: 1 }, { ...code, max_uses: 'many' }, { ...code, aircraft_roles: [{ aircraft: 1 }] }, null])
    await assert.rejects(hold(server, 'GET', path, answer, wrong), JSON.stringify(wrong));
  await assert.rejects(hold(server, 'GET', path, { ...answer, status: 201 }, code));
});
