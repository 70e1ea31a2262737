import { changeAlert, dueAlerts } from '../../memory/exceptions/alerts.ts';
import { dropOldAlerts } from '../../memory/exceptions/drop-old.ts';
import { lapseProposals } from '../../memory/decisions/decisions.ts';
import { embedMissing } from '../../memory/decisions/vectors.ts';
import { lapseCorrections, showCorrections, touchAlerts } from '../../memory/corrections.ts';
import { dropOld } from '../../memory/outbox.ts';
import { dropOldSeen } from '../../memory/seen.ts';
import { dropOldThreads } from '../../memory/threads.ts';
import { retention, rollUpMinutes, tidy } from '../../memory/floor/upkeep.ts';
import type { Db, Memory } from '../../memory/open.ts';
import { sentenceOf } from '../../plant/errors.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { Look } from './alert-card.ts';
import type { Job } from './queue.ts';
import { measureOutcomes } from './outcomes.ts';
import { reconcile, type Chosen } from './reconcile.ts';
import type { Tell } from './tell.ts';

type JobOptions = {
  memory: Memory;
  look: Look;
  tell: Tell;
  detectors: readonly Chosen[];
  retention: { rawDays: number; minuteDays: number; eventDays: number };
};

const dayMs = 86_400_000;

/** Everything that Andon does by the clock. Each decides by rows what is due; a run too many does no harm. */
export function jobsOf({ memory, look, tell, detectors, retention: keep }: JobOptions): Job[] {
  const { pool } = memory;
  return [
    {
      name: 'detect',
      everyS: 5,
      run: (now) => detect(look, detectors, tell, now),
    },
    { name: 'measure-outcomes', everyS: 30, run: (now) => measureOutcomes(memory, now, look.log) },
    { name: 'tell', everyS: 10, run: () => tell.dispatch() },
    {
      name: 'end-shelves',
      everyS: 30,
      run: (now) => endShelves(pool, tell, now),
    },
    { name: 'lapse-proposals', everyS: 300, run: async (now) => void (await lapseProposals(memory, now)) },
    {
      name: 'lapse-corrections',
      everyS: 300,
      run: (now) => tell.inOneTransaction(async (tx) => touchAlerts(tx, await lapseCorrections(tx, now))),
    },
    // What was said in a chat or by an assistant is a row only until the alerts show it.
    { name: 'show-corrections', everyS: 5, run: () => tell.inOneTransaction(showCorrections) },
    // A decision whose vector could not be made when it was kept gets it later.
    { name: 'embed-missing', everyS: 600, run: async (now) => void (await embedMissing(memory, now)) },
    { name: 'roll-up-minutes', everyS: 60, run: async (now) => void (await rollUpMinutes(pool, now)) },
    {
      name: 'forget-old',
      everyS: 3_600,
      run: async (now) => {
        await retention(pool, now, keep);
        await dropOldAlerts(pool, now - keep.eventDays * dayMs);
        await dropOld(pool, now - 7 * dayMs);
        await dropOldSeen(pool, now - 2 * dayMs);
        await dropOldThreads(pool, now);
      },
    },
    // PGlite has no autovacuum worker; on a real server this is one analysis more.
    { name: 'tidy', everyS: 6 * 3_600, run: () => tidy(pool) },
  ];
}

/** A detector that fails does not keep the others from looking. */
async function detect(look: Look, detectors: readonly Chosen[], tell: Tell, now: Millis): Promise<void> {
  for (const chosen of detectors)
    await reconcile(look, chosen, tell, now).catch((error: unknown) =>
      look.log(`The detector "${chosen.name}" failed: ${sentenceOf(error)}`),
    );
  await tell.dispatch();
}

async function endShelves(pool: Db, tell: Tell, now: Millis): Promise<void> {
  for (const { id } of await dueAlerts(pool, now))
    await tell.inOneTransaction(async (tx) => [
      (await changeAlert(tx, id, 'reopen', { by: 'Andon' }, iso(now))).id,
    ]);
}
