/** docs/configuration.md, written from the schemas that check the file and from the names the environment is read by. */
import { z } from 'zod';
import { fileSchema } from '../config.ts';
import { loadMember, membersOf } from '../config/registry.ts';

type Json = {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  properties?: Record<string, Json>;
  required?: string[];
  items?: Json;
  additionalProperties?: Json | boolean;
  anyOf?: Json[];
};

/** What `config.ts` reads of the environment; the test compares the names with the file. */
export const environment: readonly [name: string, fallback: string, what: string][] = [
  ['ANDON_CONFIG', '`demo.yaml`', 'the YAML file of your plant'],
  ['ANDON_DATA', '`data`', 'the data folder: database, certificates, lock; one running Andon each'],
  ['ANDON_HOST', '`127.0.0.1`', 'address to listen on; beyond loopback `ANDON_TOKEN` is required'],
  ['ANDON_PORT', '`7410`', 'port of the page, the API and MCP; 0: any free one'],
  [
    'ANDON_TOKEN',
    'none',
    'bearer token of the API, MCP and `/metrics`, and what the page asks for at sign-in',
  ],
  [
    'ANDON_MODEL',
    '`model` of the file',
    '`offline`, `anthropic:NAME`, `openai:NAME` or `ollama:NAME`; see [mcp.md](mcp.md) and [operations.md](operations.md) for what leaves the plant',
  ],
  ['ANDON_MODEL_URL', 'the provider’s own', 'address of the model provider, for a gateway or a local server'],
  ['ANTHROPIC_API_KEY', 'none', 'key of that provider, where it is the chosen one'],
  ['OPENAI_API_KEY', 'none', 'key of that provider, where it is the chosen one'],
  [
    'DATABASE_URL',
    'none: the embedded database',
    'a PostgreSQL 15 to 18, `postgres://user:password@host/name`',
  ],
  ['REDIS_URL', 'none: the queue lies in the database', 'a Redis for the job queue, `redis://host:6379`'],
];

const json = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;

/** The object a value holds, through arrays and named entries; `suffix` is how its keys are reached. */
function inside(value: Json): { fields: Json; suffix: string } | null {
  if (value.properties) return { fields: value, suffix: '' };
  if (value.items) {
    const found = inside(value.items);
    return found && { fields: found.fields, suffix: `[]${found.suffix}` };
  }
  if (typeof value.additionalProperties === 'object') {
    const found = inside(value.additionalProperties);
    return found && { fields: found.fields, suffix: `.NAME${found.suffix}` };
  }
  return null;
}

function typeOf(value: Json): string {
  if (value.anyOf) return [...new Set(value.anyOf.map(typeOf))].join(' or ');
  if (value.const !== undefined) return `\`${String(value.const)}\``;
  if (value.enum) {
    const words = value.enum.map((one) => `\`${String(one)}\``);
    return words.length <= 10
      ? words.join(', ')
      : `one of ${words.length} words such as ${words.slice(0, 3).join(', ')}`;
  }
  if (value.items) return `list of ${plural(typeOf(value.items))}`;
  if (typeof value.additionalProperties === 'object' && !value.properties)
    return `names, each with ${article(typeOf(value.additionalProperties))}`;
  if (value.properties) return 'keys';
  const { minimum, maximum, exclusiveMinimum } = value;
  const low = minimum !== undefined && minimum > -1e9 ? `from ${minimum}` : '';
  const above = exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`;
  const high = maximum !== undefined && maximum < 1e9 ? `to ${maximum}` : '';
  const word = { string: 'text', integer: 'whole number', number: 'number', boolean: '`true`, `false`' }[
    value.type ?? ''
  ];
  return [word ?? 'any', low, above, high].filter(Boolean).join(' ');
}

const plural = (type: string): string =>
  ({ keys: 'entries', text: 'texts', number: 'numbers' })[type] ?? type;
const article = (type: string): string => ({ text: 'a text', keys: 'keys' })[type] ?? type;

/** The default in YAML's own words; empty lists and objects say nothing. */
function defaultOf(value: Json, required: boolean): string {
  if (required) return '**required**';
  const given = value.default;
  if (given === undefined || value.properties) return '';
  if (Array.isArray(given)) return given.length === 0 ? 'none' : `\`${JSON.stringify(given)}\``;
  if (typeof given === 'object' && given !== null) return 'none';
  return given === '' ? 'empty' : `\`${String(given)}\``;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** One table per object, the objects inside it after it. */
function tables(path: string, fields: Json, depth: number, skip: readonly string[] = []): string[] {
  const entries = Object.entries(fields.properties ?? {}).filter(([key]) => !skip.includes(key));
  const rows = entries.map(
    ([key, value]) =>
      `| \`${key}\` | ${cell(typeOf(value))} | ${cell(defaultOf(value, fields.required?.includes(key) ?? false))} | ${cell(value.description ?? '')} |`,
  );
  const table =
    rows.length === 0
      ? 'No keys.'
      : ['| key | type | default | what it is |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const deeper = entries.flatMap(([key, value]) => {
    const found = inside(value);
    if (!found) return [];
    const name = `${path === '' ? '' : `${path}.`}${key}${found.suffix}`;
    const hashes = '#'.repeat(Math.min(depth + 1, 4));
    return [`${hashes} \`${name}\``, ...tables(name, found.fields, depth + 1)];
  });
  return [table, ...deeper];
}

async function members(folder: string, title: (name: string) => string, path: (name: string) => string) {
  const parts: string[] = [];
  for (const name of membersOf(folder)) {
    const { options } = await loadMember<{ options: z.ZodType }>(folder, name);
    const fields = json(options);
    // The page and the terminal are always there and have nothing to set.
    if (Object.keys(fields.properties ?? {}).length === 0) continue;
    parts.push(`### ${title(name)}`, ...tables(path(name), fields, 3));
  }
  return parts;
}

const opening = `# Configuration

Written from the schemas in \`config.ts\` and in each connector, surface and detector by \`check/configuration-page.ts\`; a test compares it. Do not edit it here: change a \`.describe\` and run \`npx vitest run check/docs-configuration.test.ts -u\`.

One YAML file describes a plant; \`ANDON_CONFIG\` names it. [demo.yaml](../demo.yaml) is the demo plant, [andon.example.yaml](../andon.example.yaml) a commented template. A key that is not known refuses the start with file, line and the nearest known key; a system that does not answer does not.

**Secrets** never stand in the file. A value \`env:NAME\` is read from the environment, \`file:PATH\` from a file (relative to the YAML). A literal under a key that ends in password, secret, token or key refuses the start. \`simulator:NAME\` is what the demo plant's own servers offer.`;

/** The whole page. */
export async function configurationPage(): Promise<string> {
  const file = json(fileSchema);
  const { sources, surfaces, detectors, ...own } = file.properties ?? {};
  const source = sources ? (inside(sources)?.fields ?? {}) : {};
  const rows = environment.map(([name, fallback, what]) => `| \`${name}\` | ${fallback} | ${what} |`);
  const parts = [
    opening,
    '## Environment',
    ['| variable | default | what it is |', '| --- | --- | --- |', ...rows].join('\n'),
    '## The file',
    ...tables('', { ...file, properties: { ...own } }, 1),
    '## `sources`',
    `A list: ${sources?.description ?? ''}. Every entry has these two keys and those of its connector. [connectors.md](connectors.md) tells what each reads.`,
    ...tables('sources[]', source, 2),
    ...(await members(
      'connectors',
      (name) => `\`use: ${name}\``,
      (name) => name,
    )),
    '## `surfaces`',
    `${surfaces?.description ?? ''}. The page and the terminal are always there.`,
    ...(await members(
      'bots',
      (name) => `\`surfaces.${name}\``,
      (name) => `surfaces.${name}`,
    )),
    '## `detectors`',
    `${detectors?.description ?? ''}. A detector that is not named runs with its defaults.`,
    ...(await members(
      'agents/watch/detectors',
      (name) => `\`detectors.${name}\``,
      (name) => `detectors.${name}`,
    )),
  ];
  return `${parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('\n\n')}\n`;
}
