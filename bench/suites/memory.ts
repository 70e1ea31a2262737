import { setTimeout as pause } from 'node:timers/promises';
import type { Suite } from '../figure.ts';
import { temporaryFolder } from '../floor.ts';
import { median } from '../measure.ts';
import { processesOf, startProduct, type Product, type Running } from '../product.ts';

const steadyAfterMs = 180_000;
const watchedMs = 30_000;
const everyMs = 1000;

const sum = (running: readonly Running[]): number => running.reduce((all, one) => all + one.rssMb, 0);

/** Resident memory of the product and everything it starts, with the demo plant running. */
const memory: Suite = async (progress) => {
  const temporary = await temporaryFolder();
  const { folder } = temporary;
  try {
    progress('first start, with its past ...');
    const first = await watch(folder, progress);
    progress('second start ...');
    const second = await watch(folder, progress);
    return {
      title: 'resident memory of all processes, demo running',
      figures: [
        {
          name: 'steady sum after 3 minutes',
          value: first.steadyMb,
          unit: 'MB',
          aim: { below: 900 },
          why: `It is ${partsOf(first.last)}.`,
        },
        { name: 'peak of the sum, first start with its past', value: first.peakMb, unit: 'MB' },
        {
          name: 'steady sum after 3 minutes, second start',
          value: second.steadyMb,
          unit: 'MB',
          aim: { below: 900 },
          why: `It is ${partsOf(second.last)}.`,
        },
        { name: 'peak of the sum, second start', value: second.peakMb, unit: 'MB' },
        ...first.last.map(({ what, rssMb }) => ({ name: `of it ${what}`, value: rssMb, unit: 'MB' })),
      ],
      notes: [
        'Sums of RSS: pages that two Node processes share are counted twice. The embedded database is part of main.ts.',
        `Looked at every second from the start on; steady is the median of the ${watchedMs / 1000} s after 3 minutes. The live stop of line 3 and its alert fall into that time, and a question is asked every 20 s.`,
      ],
    };
  } finally {
    await temporary.close();
  }
};
export default memory;

const partsOf = (running: readonly Running[]): string =>
  running.map(({ what, rssMb }) => `${what} ${Math.round(rssMb)} MB`).join(' and ');

type Watched = { steadyMb: number; peakMb: number; last: Running[] };

async function watch(folder: string, progress: (sentence: string) => void): Promise<Watched> {
  let pid = 0;
  let peakMb = 0;
  let last: Running[] = [];
  const over = new AbortController();
  const product = await startProduct(folder, (started) => {
    pid = started;
    void look();
  });
  async function look(): Promise<void> {
    while (!over.signal.aborted) {
      last = await processesOf(pid);
      peakMb = Math.max(peakMb, sum(last));
      await pause(everyMs, null, { signal: over.signal }).catch(() => {});
    }
  }
  try {
    progress('open; waiting until it is steady ...');
    await live(product, steadyAfterMs);
    const steady: number[] = [];
    for (const until = performance.now() + watchedMs; performance.now() < until; await pause(everyMs))
      steady.push(sum(last));
    return { steadyMb: median(steady), peakMb, last };
  } finally {
    over.abort();
    await product.close();
  }
}

/** As people would have it: somebody asks now and then. */
async function live(product: Product, forMs: number): Promise<void> {
  const questions = ['how are the lines?', 'why did line 3 stop?', 'which stops today?', 'what is open?'];
  const until = performance.now() + forMs;
  for (let n = 0; performance.now() < until; n += 1) {
    await product.ask(questions[n % questions.length] ?? '');
    await pause(Math.min(20_000, Math.max(0, until - performance.now())));
  }
}
