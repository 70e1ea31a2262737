import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Batch } from '../plant/record.ts';
import type { Millis } from '../plant/time.ts';
import type { Addresses, Command, Credentials, Opening } from './protocol.ts';
import { openTalk, type Talk } from './talk.ts';

export type SimulatorOptions = {
  seed: number;
  /** Private folder of the plant: its keys and the operators' notes. */
  folder: string;
  log: (sentence: string) => void;
  /** What the plant's clock shows at the start; default: the time. */
  now?: Millis;
  /** Where its past ends, if that was at an earlier start; the plant then catches up by itself. Default: `now`. */
  pastEndsAt?: Millis;
  historyDays?: number;
  /** The stop that comes soon after the start; default: one of line 3, 45 s after it. Null: none. */
  firstStop?: Opening['firstStop'];
  /** URL of another module that exports `openPlant`. */
  plant?: string;
};
export type Simulator = AsyncDisposable & {
  addresses: Addresses;
  credentials: Credentials;
  pid: number;
  /** The plant's past in batches of at most 5,000 rows; at its end the plant is live. Can be read once. */
  history(): AsyncIterable<Batch>;
  /** Answers of `status` and `truth`; of the others when it is done. Throws `AndonError`. */
  control(command: Command): Promise<unknown>;
  close(): Promise<void>;
};

/** Batches under way at once: one being recorded, one being made. */
const ahead = 2;
const openWithinMs = 60_000;
const closeWithinMs = 5_000;

/** Starts the demo plant as a child process on free ports of 127.0.0.1. Throws `AndonError` where it cannot start. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const secret = () => randomBytes(12).toString('base64url');
  const credentials: Credentials = {
    user: 'andon',
    password: secret(),
    erpUser: 'ANDON',
    erpPassword: secret(),
    mesKey: secret(),
  };
  const child = fork(new URL('main.ts', import.meta.url), {
    serialization: 'advanced',
    // Standard output belongs to the parent's own protocol; what the libraries print is kept for a failed start.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--max-semi-space-size=4', '--optimize-for-size'],
  });
  const talk = openTalk(child, options.log);
  const now = options.now ?? Date.now();
  talk.tell({
    type: 'open',
    opening: {
      seed: options.seed,
      folder: options.folder,
      now,
      pastEndsAt: options.pastEndsAt ?? now,
      historyDays: options.historyDays ?? 14,
      // Writing the past down and connecting takes up to half of it.
      firstStop: options.firstStop === undefined ? { inSeconds: 45 } : options.firstStop,
      credentials,
      plant: options.plant ?? new URL('open-plant.ts', import.meta.url).href,
    },
  });
  const close = () => end(child, talk);
  try {
    const { addresses } = await talk.ready(openWithinMs);
    return {
      addresses,
      credentials,
      pid: child.pid ?? 0,
      history: () => history(talk),
      control: talk.control,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function* history(talk: Talk): AsyncGenerator<Batch> {
  for (let asked = 0; asked < ahead; asked += 1) talk.tell({ type: 'more' });
  let finished = false;
  try {
    for (;;) {
      const message = await talk.nextOfPast();
      if (message.type === 'history-end') {
        finished = true;
        return;
      }
      yield message.batch;
      talk.tell({ type: 'more' });
    }
  } finally {
    // Who reads only a part of the past still gets a plant that runs.
    if (!finished && !talk.ended()) await talk.control({ command: 'go-live' });
  }
}

/** Asks the child to end, and ends it where it does not. */
async function end(child: ChildProcess, talk: Talk): Promise<void> {
  if (talk.ended()) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  talk.tell({ type: 'close' });
  const deadline = setTimeout(() => child.kill('SIGKILL'), closeWithinMs);
  await gone;
  clearTimeout(deadline);
}
