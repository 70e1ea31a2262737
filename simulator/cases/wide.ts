import { iso, millis, type Millis } from '../../plant/time.ts';
import { type Random, random } from '../random.ts';
import { zoneOffset } from '../schedule/plant-day.ts';
import { drawDials, drawScript, type Script } from './draw.ts';
import { plainQuestion } from './questions.ts';
import { stage, type Staged } from './stage.ts';
import { statesOf, type Stretch, stretchesOf } from './stretches.ts';
import { tell } from './tell.ts';
import type { Case, CaseOptions, Dials } from './types.ts';

const minute = 60_000;
/** Not every draw does what it should: a buffer carries further than foreseen, a small stop comes in between. */
const attempts = 24;

/** One line of any shape for about two hours, with what happens to it, seen through sources as they are. */
export function wideCase(options: CaseOptions): Case {
  const rng = random(`wide/${options.seed}`);
  const dials = { ...drawDials(rng.fork('dials')), ...options.dials };
  const script = drawScript(rng.fork('script'), options);
  // The same plant and day with and without the fault: what decides is the case with it.
  const { without, ...faulty } = options;
  for (let i = 0; i < attempts; i += 1) {
    const seed = `${options.seed}/${i}`;
    const played = stage(faulty, script, dials, seed, rng.fork(`attempt-${i}`));
    const stop = stopOf(played, script);
    if (!stop.fits) continue;
    const own = rng.fork('tell');
    if (without === undefined) return caseOf(played, script, stop.stretch, dials, own, options);
    const quiet = stage(options, { ...script, kind: 'no_stop' }, dials, seed, rng.fork(`attempt-${i}`));
    return caseOf(quiet, { kind: 'no_stop', causes: ['nothing'] }, null, dials, own, options);
  }
  throw new RangeError(`case ${options.seed} (${script.causes.join(' and ')}) did not come about`);
}

function caseOf(
  played: Staged,
  script: Script,
  stop: Stretch | null,
  dials: Dials,
  rng: Random,
  options: CaseOptions,
): Case {
  const { plant, batches, truth } = tell({ played, script, stop, dials, options }, rng);
  const asked = ask(played, script, stop, rng.fork('ask'));
  return { plant, batches, ...asked, askedAt: played.askedAt, truth };
}

/** The stop that the question is about, as the machines really stood; and whether it is what the script asked for. */
function stopOf(played: Staged, script: Script): { fits: boolean; stretch: Stretch | null } {
  const { line, askedAt, plannedAt } = played;
  const states = statesOf(played.told.records);
  const all = stretchesOf(states, line.reference.id).filter(
    (one) => (one.to ?? askedAt) - one.from >= 25_000,
  );
  if (script.kind === 'no_stop') return { fits: all.length === 0, stretch: null };
  const last = all.at(-1);
  const [first, then] = played.causes;
  if (!last || !first || (script.causes.length > 1 && !then)) return { fits: false, stretch: null };
  const lasts = (last.to ?? askedAt) - last.from;
  const began = last.from >= millis(first.t0) - 90_000 && lasts >= 60_000 && last.from < askedAt - 45_000;
  const late = last.from > plannedAt + 20 * minute && script.causes[0] !== 'startup_after_changeover';
  const both = !then || (last.from < millis(then.t0) + 30_000 && millis(then.t0) < askedAt - 60_000);
  return { fits: began && !late && both, stretch: last };
}

function ask(
  played: Staged,
  script: Script,
  stop: Stretch | null,
  rng: Random,
): { question: string; at: Millis | null } {
  const name = played.plant.lines[0]?.name ?? played.line.id;
  const named = rng.chance(script.kind === 'no_stop' ? 0.6 : 0.15);
  const t = Math.floor((stop?.from ?? played.plannedAt + 2 * minute) / minute) * minute;
  const plain = plainQuestion(name, rng);
  if (!named) return { question: plain, at: null };
  const clock = iso(t + zoneOffset(played.plant.timezone, t)).slice(11, 16);
  return { question: `why did ${name} stop at ${clock}?`, at: t };
}
