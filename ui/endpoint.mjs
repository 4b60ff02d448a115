// Writes src/lib/endpoint.ts out of the endpoint's description.

import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const DESCRIPTION = new URL('../crates/ipc/src/discovery/openrpc.json', import.meta.url);
const WRITTEN = new URL('src/lib/endpoint.ts', import.meta.url);
const HEAD = '// Written by `npm run types` out of crates/ipc/src/discovery/openrpc.json.\n';

export async function generated() {
  const { methods, components } = JSON.parse(await readFile(DESCRIPTION, 'utf8'));
  const schema = {
    title: 'Methods',
    description: 'What can be asked of the agent, by the name of the method.',
    ...object(answered(methods)),
    definitions: components.schemas,
  };
  const options = {
    additionalProperties: false,
    bannerComment: HEAD,
    style: { singleQuote: true, printWidth: 110 },
    unreachableDefinitions: true,
  };
  const text = await compile(pointing(schema), 'Methods', options);
  return text.replace(/\n *\*\n *\* This interface was referenced by [^\n]*\n[^\n]*/g, '');
}

export async function written() {
  return readFile(WRITTEN, 'utf8');
}

/** Notifications have no answer, and nobody calls them here. */
function answered(methods) {
  const calls = methods.filter((method) => method.result);
  return Object.fromEntries(calls.map((method) => [method.name, described(method)]));
}

function described({ summary, params, result }) {
  const properties = Object.fromEntries(
    params.map(({ name, summary, schema }) => [name, { description: summary, ...schema }]),
  );
  const required = params.filter((param) => param.required).map((param) => param.name);
  return {
    description: summary,
    ...object({ params: { ...object(properties), required }, result: result.schema }),
  };
}

function object(properties) {
  return { type: 'object', properties, required: Object.keys(properties) };
}

/** The same schema with its references where a JSON schema of its own has them. */
function pointing(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/definitions/'));
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(WRITTEN, await generated());
}
