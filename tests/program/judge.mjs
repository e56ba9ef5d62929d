// Holds every answer of the API that a test gets against the document the program gives of itself (API-7), with a
// validator that is not ours. What an answer holds beyond what is described is a breach too.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const Ajv = createRequire(new URL('../browser/', import.meta.url))('ajv/dist/2020').default;

function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  if (copy.type === 'object' && copy.properties && copy.additionalProperties === undefined) copy.additionalProperties = false;
  return copy;
}

const pointer = (...parts) => `#/${parts.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`;

class Judge {
  constructor(document) {
    this.document = { ...document, components: closed(document.components) };
    this.ajv = new Ajv({ strict: false, validateFormats: false });
    this.ajv.addSchema({ $id: 'document', ...this.document });
    this.paths = Object.keys(document.paths).map((path) => [path, new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+').replace(/\/$/, '/?')}$`)]);
    this.paths.sort(([one], [other]) => one.split('{').length - other.split('{').length);  // what names nothing open goes first
  }

  // Nothing, or what is wrong.
  breach(method, path, status, type, json) {
    const [pattern] = this.paths.find(([, expression]) => expression.test(path.split('?')[0])) ?? [];
    const operation = pattern && this.document.paths[pattern][method.toLowerCase()];
    if (!operation) return null;  // no such call: nothing is said of it
    const key = [String(status), `${String(status)[0]}XX`].find((one) => operation.responses[one]);
    if (!key) return `answers ${status}, which is not described`;
    const reference = operation.responses[key].$ref;
    const place = reference ? reference.slice(2).split('/') : ['paths', pattern, method.toLowerCase(), 'responses', key];
    const described = place.reduce((at, part) => at[part], this.document);
    const media = type?.split(';')[0];
    if (!described.content) return media && json !== null ? `answers ${status} with a body` : null;
    if (!described.content[media]) return `answers ${media}, which is not described`;
    if (!media.endsWith('json')) return null;
    const valid = this.ajv.getSchema(`document${pointer(...place, 'content', media, 'schema')}`);
    return valid(json) ? null : this.ajv.errorsText(valid.errors, { dataVar: 'body' });
  }
}

let judge = null;  // one program, one document

export async function hold(server, method, path, response, json) {
  if (!path.startsWith('/api/') || path.startsWith('/api/docs/')) return;
  judge ??= fetch(`${server.url}/api/openapi.json`).then(async (answer) => new Judge(await answer.json())).catch(() => (judge = null));
  const breach = (await judge)?.breach(method, path, response.status, response.headers.get('content-type'), json);
  assert.equal(breach ?? null, null, `${method} ${path}: ${breach}`);
}
