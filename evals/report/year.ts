import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { tableOf } from '../tables.ts';
import { cpuAimMs } from './aims.ts';

/** Figures of `bench/suites/explain.ts` by the names it gives them. A person who asks makes the first call. */
export const benchNames = {
  first: 'CPU of the first call for each stop, warmed up as at start, p95',
  later: 'CPU, p95',
  laterMedian: 'CPU, median',
} as const;

const printed = z.object({
  figures: z.array(z.object({ name: z.string(), value: z.number().nullable(), why: z.string().optional() })),
  notes: z.array(z.string()),
});

/** `explain_stop` over a year of events of ten lines: processor time of all threads, milliseconds, and where it goes. */
export type Year = Record<keyof typeof benchNames, number> & { why: string; notes: readonly string[] };

/** What one run of that suite printed as JSON. Throws where a figure is not there. */
export function yearOf(json: string): Year {
  const { figures, notes } = printed.parse(JSON.parse(json));
  const valueOf = (name: string): number => {
    const value = figures.find((one) => one.name === name)?.value;
    if (typeof value !== 'number') throw new Error(`bench/suites/explain.ts gives no "${name}".`);
    return value;
  };
  return {
    first: valueOf(benchNames.first),
    later: valueOf(benchNames.later),
    laterMedian: valueOf(benchNames.laterMedian),
    why: figures.find(({ name }) => name === benchNames.later)?.why ?? '',
    notes,
  };
}

/** Runs it in a process of its own. null: it did not end well, and why is told as progress. */
export async function explainedInAYear(progress: (sentence: string) => void): Promise<Year | null> {
  progress('explain_stop over a year of events of ten lines');
  const run = join(import.meta.dirname, '../../bench/run.ts');
  const child = spawn(process.execPath, [run, '--suite', 'explain', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [json, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    if (code !== 0) throw new Error(`bench/run.ts ended with ${String(code)}.`);
    return yearOf(json);
  } catch (error) {
    progress(`Not measured: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

export function yearText(year: Year | null): string {
  if (year === null) return 'Not measured in this run.';
  const ms = (value: number) => value.toFixed(1);
  const reached = year.first < cpuAimMs;
  return [
    tableOf(
      ['`explain_stop`, ms of processor time of all threads', 'value', 'aim'],
      [
        [
          'first call for each stop, 95th percentile',
          ms(year.first),
          `under ${cpuAimMs}${reached ? ' reached' : ` missed by ${ms(year.first - cpuAimMs)}`}`,
        ],
        ['later calls for the same stops, 95th percentile', ms(year.later), ''],
        ['later calls, median', ms(year.laterMedian), ''],
      ],
    ),
    [...(year.why === '' ? [] : [year.why]), ...year.notes].map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');
}
