import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { readHolder } from '../memory/open.ts';
import type { Answer } from '../plant/message.ts';

/** A running `node main.ts` with the demo plant in `folder`. */
export type Product = {
  pid: number;
  /** Since the process was asked for, until its address stood in the lock file. */
  openedMs: number;
  /** What it printed so far. */
  printed(): string;
  ask(question: string): Promise<Answer>;
  close(): Promise<void>;
};
/** One process of a tree. `cpuS`: CPU seconds so far, whole ones on Linux. */
export type Running = { pid: number; what: string; rssMb: number; cpuS: number };

const root = join(import.meta.dirname, '..');
const opensWithinMs = 300_000;

/** The embedded default and nothing else: what this shell sets for a real plant must not change the figures. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(ANDON_|DATABASE_URL$|REDIS_URL$)/.test(key)),
  );

/** Starts the product as its own process, on any free port. `born` is told its process id at once. */
export async function startProduct(folder: string, born: (pid: number) => void = () => {}): Promise<Product> {
  const from = performance.now();
  const child = spawn(process.execPath, [join(root, 'main.ts')], {
    env: { ...environment(), ANDON_DATA: folder, ANDON_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  if (child.pid !== undefined) born(child.pid);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (printed += bytes.toString('utf8')));
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };
  const address = async (): Promise<string> => {
    while (performance.now() - from < opensWithinMs) {
      const holder = await readHolder(folder);
      if (holder?.address && holder.pid === child.pid) return holder.address;
      if (child.exitCode !== null) break;
      await pause(20);
    }
    await close();
    throw new Error(`The product did not start:\n${printed}`);
  };
  const url = await address();
  return {
    pid: child.pid ?? 0,
    openedMs: performance.now() - from,
    printed: () => printed,
    async ask(question) {
      const response = await fetch(`${url}/api/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question, whole: true }),
      });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    close,
  };
}

const run = promisify(execFile);

/** A process and all below it, from `ps`. */
export async function processesOf(pid: number): Promise<Running[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss=,time=,args=']);
  const all = stdout.split('\n').flatMap((line) => {
    const [, own, parent, rss, time, args = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+([\d:.-]+)\s+(.*)$/.exec(line) ?? [];
    if (own === undefined || parent === undefined) return [];
    const [what] = /\S+\.m?[jt]s\b/.exec(args.replaceAll(`${root}/`, '')) ?? [];
    return [
      {
        pid: Number(own),
        parent: Number(parent),
        what: what === undefined ? 'another' : what.startsWith('/') ? basename(what) : what,
        rssMb: Number(rss) / 1024,
        cpuS: seconds(time ?? ''),
      },
    ];
  });
  const below = new Set([pid]);
  for (let size = 0; size !== below.size;) {
    size = below.size;
    for (const one of all) if (below.has(one.parent)) below.add(one.pid);
  }
  return all
    .filter((one) => below.has(one.pid))
    .map(({ pid: own, what, rssMb, cpuS }) => ({ pid: own, what, rssMb, cpuS }));
}

/** `[[days-]hours:]minutes:seconds` as `ps` prints it. */
function seconds(time: string): number {
  const [days, clock] = time.includes('-') ? time.split('-') : ['0', time];
  return (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}
