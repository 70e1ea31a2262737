import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AndonError } from '../plant/errors.ts';
import type { Clock } from '../plant/time.ts';
import { iso } from '../plant/time.ts';

/** Who holds a data folder. `started`: the system's own mark of the process's start, so that a reused pid is told apart. */
export type Holder = { pid: number; started: string | null; since: string; address: string | null };
export type Lock = { announce(address: string): Promise<void>; release(): Promise<void> };

const fileOf = (folder: string): string => join(folder, 'andon.lock');

/** Field 22 of /proc/PID/stat: start time in clock ticks since boot. null where the system has no such file. */
function startMark(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function alive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const mark = startMark(holder.pid);
  return holder.started === null || mark === null || mark === holder.started;
}

async function read(file: string): Promise<Holder | null> {
  try {
    const found: unknown = JSON.parse(await readFile(file, 'utf8'));
    return typeof found === 'object' && found !== null && typeof (found as Holder).pid === 'number'
      ? (found as Holder)
      : null;
  } catch {
    return null;
  }
}

/** The living process that holds the folder, with its HTTP address once announced; null: nobody. */
export async function readHolder(folder: string): Promise<Holder | null> {
  const holder = await read(fileOf(folder));
  return holder && alive(holder) ? holder : null;
}

function busy(folder: string, holder: Holder): AndonError {
  return new AndonError(
    'busy',
    `The data folder ${folder} is held by process ${holder.pid}` +
      `${holder.address ? ` (${holder.address})` : ''} since ${holder.since}.`,
    'Ask that one, stop it, or name another folder in ANDON_DATA.',
    { details: { pid: holder.pid, address: holder.address } },
  );
}

/** Puts `from` at `to` unless something is there; a link is made at once or not at all. */
async function placeAt(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock of a dead process; a second file keeps two starters from removing each other's new lock. */
async function clearDead(file: string, mine: string): Promise<void> {
  const guard = `${file}.taking`;
  if (!(await placeAt(mine, guard))) {
    const taker = await read(guard);
    if (taker === null || !alive(taker)) await rm(guard, { force: true });
    return;
  }
  try {
    const holder = await read(file);
    if (holder === null || !alive(holder)) await rm(file, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/** Holds the folder until released. Throws `busy`, naming the process and address that hold it. */
export async function takeLock(folder: string, clock: Clock): Promise<Lock> {
  const file = fileOf(folder);
  const mine = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  let self: Holder = {
    pid: process.pid,
    started: startMark(process.pid),
    since: iso(clock()),
    address: null,
  };
  const write = (to: string): Promise<void> => writeFile(to, `${JSON.stringify(self)}\n`, { mode: 0o600 });
  await write(mine);
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await placeAt(mine, file)) {
        return {
          async announce(address) {
            self = { ...self, address };
            const next = `${mine}.next`;
            await write(next);
            await rename(next, file);
          },
          async release() {
            const holder = await read(file);
            if (holder?.pid === self.pid && holder.since === self.since) await rm(file, { force: true });
          },
        };
      }
      const holder = await read(file);
      if (holder && alive(holder)) throw busy(folder, holder);
      await clearDead(file, mine);
    }
    throw new AndonError(
      'busy',
      `The data folder ${folder} is being taken by another process.`,
      'Try again.',
    );
  } finally {
    await rm(mine, { force: true });
  }
}
