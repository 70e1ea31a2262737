/** `npm run -s bench -- [NAME | --suite NAME] [--json]`: speed and size of the product, as figures beside their aims. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { sentenceOf } from '../plant/errors.ts';
import { asMarkdown, reached, type Found, type Suite } from './figure.ts';

const progress = (sentence: string) => void process.stderr.write(`${sentence}\n`);
const print = (words: string) => void process.stdout.write(`${words}\n`);
const suites = readdirSync(join(import.meta.dirname, 'suites')).map((file) => file.replace(/\.ts$/, ''));

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { suite: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const { suite = positionals[0], json } = values;
  if (suite !== undefined && !suites.includes(suite))
    throw new Error(`There is no suite "${suite}". There are: ${suites.join(', ')}.`);
  if (suite !== undefined) {
    const found = await runHere(suite);
    print(json ? asJson(withVerdicts(found)) : asMarkdown(suite, found));
  } else {
    await runAll(json);
  }
} catch (error) {
  progress(sentenceOf(error));
  process.exitCode = 1;
}
// What a library keeps open must not keep a finished measurement waiting.
process.exit();

async function runHere(name: string): Promise<Found> {
  const { default: run } = (await import(join(import.meta.dirname, 'suites', `${name}.ts`))) as {
    default: Suite;
  };
  return run((sentence) => progress(`${name}: ${sentence}`));
}

/** Each suite in a process of its own: none runs on code that another one warmed, or beside its garbage. */
async function runAll(json: boolean): Promise<void> {
  const all: Record<string, unknown> = {};
  if (!json) print(`# Speed and size\n\n${heading()}`);
  for (const name of suites) {
    const found = await runApart(name);
    if (found === null) process.exitCode = 1;
    all[name] = found ?? { error: 'This suite failed.' };
    if (!json) print(`\n${found ? asMarkdown(name, found) : `## ${name}\n\nThis suite failed.`}`);
  }
  if (json) print(asJson({ machine: machine(), at: new Date().toISOString(), ...all }));
}

async function runApart(name: string): Promise<Found | null> {
  const child = spawn(process.execPath, [import.meta.filename, '--suite', name, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return code === 0 ? (JSON.parse(printed) as Found) : null;
}

function withVerdicts(found: Found) {
  return { ...found, figures: found.figures.map((one) => ({ ...one, reached: reached(one) })) };
}

function asJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function heading(): string {
  return `Printed by \`npm run -s bench\` on ${new Date().toISOString().slice(0, 10)}, ${machine()}. CPU time is of all threads of the process together.`;
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores of an ${model}, ${memory} GB of memory, ${process.platform}, Node ${process.versions.node}`;
}
