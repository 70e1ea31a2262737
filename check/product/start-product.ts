import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratedDump } from '../../memory/test-database.ts';
import { root } from '../source-files.ts';
import { childrenOf } from './processes.ts';

/** Reading from outside, as a person or a program does. Times are milliseconds. */
export type Product = {
  url: string;
  pid: number;
  /** What it printed so far; both streams as they came. */
  output(): string;
  /** Waits until it printed this; throws with the whole output when it does not, or ends before. */
  printed(pattern: RegExp, withinMs?: number): Promise<RegExpMatchArray>;
  /** `POST /api/ask`, the whole answer. */
  ask<T = Asked>(question: string, thread?: string): Promise<T>;
  get(path: string): Promise<{ status: number; text: string }>;
  getJson<T>(path: string): Promise<T>;
  /** Processes it started and that live. */
  children(): number[];
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};
/** The stable shape of an answer, as far as the tests here look into it. */
export type Asked = {
  answer: string;
  diagnosis: {
    stop: { line: string; from: string; to: string | null };
    machine: string | null;
    place: string | null;
    cause: string;
    abstained: boolean;
  } | null;
  claims: { id: string; text: string; evidence: string[] }[];
  evidence: { id: string; source: string; system: string; kind: string; at: string; says: string }[];
  missing: string[];
  model: string;
  ms: number;
};

/** A source as `/readyz` tells it. */
export type Source = { source: string; state: string; problem: string | null };
/** That source, as it stands now. */
export const sourceOf = async (product: Product, name: string): Promise<Source | undefined> =>
  (await product.getJson<{ sources: Source[] }>('/readyz')).sources.find((one) => one.source === name);

/** What is waited for comes in seconds; on a machine that is ten times slower, too. Only what never comes takes this long. */
const startWithinMs = 240_000;
const patienceMs = 120_000;

/** For a product that is not about its first steps: without the compilers that pay off after minutes, 2 s of CPU a start. */
export const shortLife: readonly string[] = ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up'];

/** A folder of its own below the system's temporary one. */
export const temporaryFolder = (name: string): string => mkdtempSync(join(tmpdir(), `andon-${name}-`));
export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });

/** A data folder whose database is there already, empty: making it anew takes 4 s of CPU. */
export async function preparedData(folder: string): Promise<string> {
  const data = join(folder, 'data');
  const db = join(data, 'db');
  mkdirSync(db, { recursive: true, mode: 0o700 });
  execFileSync('tar', ['-xf', await migratedDump(), '-C', db], { stdio: ['ignore', 'ignore', 'pipe'] });
  return data;
}

/** `demo.yaml` with some of its text replaced, written into `folder`. Throws where it does not say that any more. */
export function demoYaml(folder: string, changes: readonly Change[]): string {
  let yaml = readFileSync(join(root, 'demo.yaml'), 'utf8');
  for (const [from, to] of changes) {
    const changed = yaml.replaceAll(from, to);
    if (changed === yaml) throw new Error(`demo.yaml does not say ${String(from)} any more`);
    yaml = changed;
  }
  const file = join(folder, 'andon.yaml');
  writeFileSync(file, yaml);
  return file;
}
/** What stands there, and what is to stand there. */
export type Change = readonly [from: RegExp, to: string];
/** A past of one day: quick to write down, and enough for everything that is asked here. */
export const shortPast: Change = [/^(simulator: \{ seed: \d+)/gm, '$1, historyDays: 1'];
/** Alerts after seconds, not after minutes. */
export const quickAlerts: Change = [/stopLimitS: \d+/g, 'stopLimitS: 5'];

/** The environment of a product: this one's, without what would lead it elsewhere. */
export function environment(more: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(ANDON_|DATABASE_URL|REDIS_URL|VITEST|NODE_OPTIONS|.*_API_KEY$)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ANDON_PORT: '0', ...more };
}

/** `flags`: of the engine, before `main.ts`. */
type Settings = {
  config: string;
  data: string;
  env?: Record<string, string>;
  flags?: readonly string[];
};
/** A connection for each call: one that rests may be closed by a busy product at the moment it is used again. */
const alone = { connection: 'close' };

/** `node main.ts` as a child; returns once it can be asked. Throws with its output when it ends before. */
export async function startProduct(settings: Settings): Promise<Product> {
  const child = spawnProduct(settings);
  const [, url = ''] = await child.printed(/Ask me at (http:\/\/\S+)/, startWithinMs);
  const getText = async (path: string) => {
    const response = await fetch(`${url}${path}`, { headers: alone });
    return { status: response.status, text: await response.text() };
  };
  return {
    ...child,
    url,
    get: getText,
    async getJson<T>(path: string) {
      return JSON.parse((await getText(path)).text) as T;
    },
    async ask<T = Asked>(question: string, thread?: string) {
      const response = await fetch(`${url}/api/ask`, {
        method: 'POST',
        headers: { ...alone, 'content-type': 'application/json' },
        body: JSON.stringify({ question, ...(thread ? { thread } : {}) }),
      });
      return (await response.json()) as T;
    },
  };
}

/** The same without waiting: for a start that is refused, or is killed before it is through. */
export function spawnProduct({ config, data, env = {}, flags = [] }: Settings) {
  const child = spawn(process.execPath, [...flags, join(root, 'main.ts')], {
    cwd: root,
    env: environment({ ANDON_CONFIG: config, ANDON_DATA: data, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const looks = new Set<() => void>();
  const tell = () => {
    for (const look of looks) look();
  };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      tell();
    });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  void closed.then(tell);
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  // Whoever runs the tests may stop them; what they started ends with them.
  const endIt = () => void child.kill('SIGKILL');
  process.once('exit', endIt);
  void closed.then(() => process.off('exit', endIt));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    closed: async () => {
      const [code, signal] = await closed;
      return { code, signal };
    },
    printed(pattern: RegExp, withinMs = patienceMs): Promise<RegExpMatchArray> {
      return new Promise((resolve, reject) => {
        const finish = (act: () => void) => {
          looks.delete(look);
          clearTimeout(timer);
          act();
        };
        const look = () => {
          const found = pattern.exec(output);
          if (found) finish(() => resolve(found));
          else if (ended()) finish(() => reject(new Error(`It ended without ${pattern}:\n${output}`)));
        };
        const timer = setTimeout(
          () => finish(() => reject(new Error(`No ${pattern} within ${withinMs} ms:\n${output}`))),
          withinMs,
        );
        looks.add(look);
        look();
      });
    },
    children: () => childrenOf(child.pid ?? 0),
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      if (!ended()) child.kill(signal);
      const [code, by] = await closed;
      return { code, signal: by };
    },
  };
}

/** Looks until what is seen is what is wanted; throws with the last look after `withinMs`. */
export async function until<T>(
  what: string,
  look: () => Promise<T> | T,
  wanted: (seen: T) => boolean = Boolean,
  withinMs = patienceMs,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (wanted(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(
        `Waited ${withinMs} ms in vain for ${what}; last seen: ${JSON.stringify(seen)?.slice(0, 2_000)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** `npm run -s NAME -- ...words` from the root, with the product's settings; both streams apart. */
export async function npmRun(
  name: string,
  words: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn('npm', ['run', '-s', name, '--', ...words], {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
