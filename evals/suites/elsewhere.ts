import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { caseTables } from '../report/stops.ts';
import { missedWhy } from '../report/why.ts';
import { casesIn } from '../stops/cases-in.ts';
import { ownOf } from '../stops/study.ts';
import type { Suite } from '../run.ts';
import { stopFigures } from './stops.ts';

/** One folder per set. */
export const folder = join(import.meta.dirname, '../cases/elsewhere');
const open = 'open while the diagnosis was tuned: what these figures show is that its rules reach that far';
/** Sets of cases that were written apart from simulator and ranker, with how honest their figures are. */
const sets = {
  a: open,
  b: open,
  c: 'not seen by anybody who tuned the diagnosis',
  d: open,
  e: open,
  f: open,
} as const;

/** Sets whose misses may be read. */
export const openSets = Object.entries(sets).flatMap(([name, seen]) => (seen === open ? [name] : []));
const isOpen = (seen: string): boolean => seen === open;

/** Plants from elsewhere: other trades, layouts, systems and wordings, written by hand by somebody who read neither side. */
export default {
  async run({ progress }) {
    const figures: Record<string, unknown> = {};
    const parts: string[] = [];
    for (const [name, seen] of Object.entries(sets)) {
      const path = join(folder, name);
      if (!existsSync(path) || readdirSync(path).length === 0) continue;
      const { cases, unreadable } = casesIn(path);
      const judged = await ownOf(
        cases.map((one) => one.folder),
        progress,
      );
      const closed = !isOpen(seen);
      figures[name] = { ...stopFigures(judged), seen, unreadable, missed: missedWhy(judged, closed) };
      parts.push(
        `### Plants from elsewhere, set ${name.toUpperCase()}: ${judged.length} cases`,
        `${seen.charAt(0).toUpperCase()}${seen.slice(1)}.`,
        caseTables(judged, closed),
        ...unreadable.map((sentence) => `Left out: ${sentence}`),
      );
    }
    return { figures, report: parts.join('\n\n') };
  },
} satisfies Suite;
