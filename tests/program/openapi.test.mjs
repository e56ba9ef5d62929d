// The contract of the API as other people's tools read it (API-7).

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Installation } from './support.mjs';

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
