/** One checked, frozen object from the YAML file and the environment. Nobody else reads `process.env`. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { checkOwnCauses } from './config/own-causes.ts';
import { loadMember, membersOf } from './config/registry.ts';
import {
  check,
  lineOf,
  nearest,
  resolveSecrets,
  type Environment,
  type Page,
  type Path,
} from './config/yaml.ts';
import { plant, type Plant } from './plant/equipment.ts';
import { AndonError } from './plant/errors.ts';
import { person, type Person } from './plant/person.ts';

const root = import.meta.dirname;

const retention = z
  .strictObject({
    rawDays: z.number().int().positive().default(14).describe('days that raw signal values are kept'),
    minuteDays: z.number().int().positive().default(400).describe('days that minute averages are kept'),
    eventDays: z
      .number()
      .int()
      .positive()
      .default(1100)
      .describe('days that states, alarms, orders and notes are kept'),
  })
  .prefault({});

const simulator = z.strictObject({
  seed: z.number().int().default(26).describe('the same seed makes up the same plant'),
  historyDays: z
    .number()
    .int()
    .positive()
    .max(14)
    .default(14)
    .describe('days of past that are recorded at the first start'),
});

/** The file's own keys; `sources`, `surfaces` and `detectors` are checked again by their members' `options`. */
export const fileSchema = z.strictObject({
  plant: plant.describe('the site as people know it: lines, machines, flow, utilities, shifts'),
  people: z.array(person).default([]).describe('who works here, with which role; rights hang on the role'),
  sources: z
    .array(
      z.looseObject({
        id: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]*$/)
          .describe('short word of your choice; it stands in every record, so never change it'),
        use: z.string().describe('name of the connector; its own keys follow'),
        trust: z
          .number()
          .min(0.2)
          .max(1)
          .default(1)
          .describe('how much its records count in a diagnosis: below 1 where they are often late or wrong'),
      }),
    )
    .default([])
    .describe('where data comes in: one entry per system, `use` names the connector'),
  surfaces: z.record(z.string(), z.unknown()).default({}).describe('where people talk: `slack`, `teams`'),
  detectors: z.record(z.string(), z.unknown()).default({}).describe('what Andon speaks up about by itself'),
  page: z
    .strictObject({
      person: z.string().optional().describe('id of the person that the page acts as on this machine'),
    })
    .prefault({})
    .describe('the web page'),
  model: z
    .string()
    .default('offline')
    .describe('`offline`, or `anthropic:NAME`, `openai:NAME`, `ollama:NAME`; ANDON_MODEL wins'),
  retention: retention.describe('how long records and values are kept'),
  simulator: simulator.optional().describe('a plant that makes itself up; only for trying Andon out'),
});

/** Heavy packages load later: a member carries only its checked options here. */
export type Chosen = { id: string; name: string; options: unknown };
/** `trust`: how much its records count, 0.2 to 1. */
export type ChosenSource = Chosen & { trust: number };
export type Config = Readonly<{
  file: string;
  dataFolder: string;
  host: string;
  port: number;
  token: string | null;
  databaseUrl: string | null;
  redisUrl: string | null;
  model: { name: string; baseUrl: string | null; key: string | null };
  plant: Plant;
  people: readonly Person[];
  pagePerson: Person | null;
  sources: readonly ChosenSource[];
  surfaces: readonly Chosen[];
  detectors: readonly Chosen[];
  retention: z.infer<typeof retention>;
  simulator: z.infer<typeof simulator> | null;
}>;

/** Reads, resolves `env:` and `file:`, checks every key. Throws `AndonError` `bad_config` naming file, line, key and the nearest valid key. */
export async function readConfig(environment: Environment): Promise<Config> {
  const file = resolve(environment['ANDON_CONFIG'] || join(root, 'demo.yaml'));
  if (!existsSync(file))
    throw new AndonError(
      'bad_config',
      `There is no configuration file ${file}.`,
      'Set ANDON_CONFIG to the YAML file of your plant.',
    );
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: true });
  const broken = document.errors[0];
  if (broken)
    throw new AndonError(
      'bad_config',
      `${file} is not valid YAML: ${broken.message.split('\n')[0]}`,
      'Mend that line and start again.',
    );
  const page = { file, document, lines, environment };
  const values = resolveSecrets(page, document.toJS() ?? {}, []);
  const checked = check(page, fileSchema, values, []) as z.infer<typeof fileSchema>;
  checkOwnCauses(page, checked.plant);
  const chosen = await chooseMembers(page, checked);
  return Object.freeze({
    ...fromEnvironment(environment, checked),
    file,
    ...chosen,
    ...people(page, checked),
  });
}

function fromEnvironment(environment: Environment, file: z.infer<typeof fileSchema>) {
  const port = Number(environment['ANDON_PORT'] || 7410);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new AndonError(
      'bad_config',
      `ANDON_PORT is "${environment['ANDON_PORT']}", which is no port.`,
      'Give a number from 0 (any free one) to 65535.',
    );
  const host = environment['ANDON_HOST'] || '127.0.0.1';
  const token = environment['ANDON_TOKEN'] || null;
  if (!['127.0.0.1', '::1', 'localhost'].includes(host) && !token)
    throw new AndonError(
      'bad_config',
      `ANDON_HOST is ${host}, which others can reach, but ANDON_TOKEN is not set.`,
      'Set ANDON_TOKEN to a long random word, or stay on 127.0.0.1.',
    );
  const name = environment['ANDON_MODEL'] || file.model;
  const provider = name.split(':')[0] ?? 'offline';
  return {
    host,
    port,
    token,
    dataFolder: resolve(environment['ANDON_DATA'] || join(root, 'data')),
    databaseUrl: environment['DATABASE_URL'] || null,
    redisUrl: environment['REDIS_URL'] || null,
    model: {
      name,
      baseUrl: environment['ANDON_MODEL_URL'] || null,
      key: environment[`${provider.toUpperCase()}_API_KEY`] || null,
    },
    plant: file.plant,
    retention: file.retention,
    simulator: file.simulator ?? null,
  };
}

async function chooseMembers(page: Page, file: z.infer<typeof fileSchema>) {
  const seen = new Set<string>();
  const sources: ChosenSource[] = [];
  for (const [index, entry] of file.sources.entries()) {
    const { id, use, trust, ...options } = entry;
    if (seen.has(id))
      throw new AndonError(
        'bad_config',
        `${page.file}, line ${lineOf(page, ['sources', index, 'id'])}: the source id "${id}" is used twice.`,
        'Give each source its own id.',
      );
    seen.add(id);
    const schema = await optionsOf(page, 'connectors', use, ['sources', index, 'use']);
    sources.push({ id, name: use, trust, options: check(page, schema, options, ['sources', index]) });
  }
  const named = async (folder: string, key: 'surfaces' | 'detectors') => {
    const chosen: Chosen[] = [];
    for (const [name, options] of Object.entries(file[key])) {
      const schema = await optionsOf(page, folder, name, [key, name]);
      chosen.push({ id: name, name, options: check(page, schema, options ?? {}, [key, name]) });
    }
    return chosen;
  };
  return {
    sources,
    surfaces: await named('bots', 'surfaces'),
    detectors: await named('agents/watch/detectors', 'detectors'),
  };
}

async function optionsOf(page: Page, folder: string, name: string, path: Path): Promise<z.ZodType> {
  const members = membersOf(folder);
  if (!members.includes(name)) {
    const near = nearest(name, members);
    throw new AndonError(
      'bad_config',
      `${page.file}, line ${lineOf(page, path)}: there is no "${name}" in ${folder}/.`,
      near ? `Did you mean "${near}"?` : `There are: ${members.join(', ')}.`,
    );
  }
  return (await loadMember(folder, name)).options;
}

function people(
  page: Page,
  file: z.infer<typeof fileSchema>,
): { people: readonly Person[]; pagePerson: Person | null } {
  const ids = file.people.map((one) => one.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice)
    throw new AndonError(
      'bad_config',
      `${page.file}, line ${lineOf(page, ['people'])}: the person id "${twice}" is used twice.`,
      'Give each person their own id.',
    );
  const wanted = file.page.person;
  const pagePerson = file.people.find((one) => one.id === wanted) ?? null;
  if (wanted && !pagePerson) {
    const near = nearest(wanted, ids);
    throw new AndonError(
      'bad_config',
      `${page.file}, line ${lineOf(page, ['page', 'person'])}: nobody under people has the id "${wanted}".`,
      near ? `Did you mean "${near}"?` : '',
    );
  }
  return { people: file.people, pagePerson };
}
