import type { Random } from '../random.ts';
import { faultOf, faults } from '../faults/catalogue.ts';
import { type CaseKind, type Dials, noteStyles } from './types.ts';

/** Of a hundred cases 60 single, 10 compound, 10 planned, 10 without a stop, 10 whose decisive source is dark. */
function drawKind(rng: Random): CaseKind {
  const x = rng.next();
  if (x < 0.6) return 'single';
  if (x < 0.7) return 'compound';
  if (x < 0.8) return 'planned';
  return x < 0.9 ? 'no_stop' : 'unanswerable';
}

/** Each on its own and uniform over its range. */
export function drawDials(rng: Random): Dials {
  return {
    clockSkewS: rng.between(0, 60),
    genericShare: rng.between(0, 0.6),
    darkMachines: rng.whole(0, 2),
    silentRoot: rng.chance(0.2),
    reason: rng.chance(0.5) ? 'missing' : rng.chance(0.3) ? 'wrong' : 'right',
    wrongStock: rng.chance(0.1),
    lateLabS: rng.between(0, 5400),
    decoys: rng.next(),
    alarmNoise: rng.next(),
    noteStyle: rng.pick(noteStyles),
    sources: {
      erp: rng.chance(0.85),
      mes: rng.chance(0.85),
      notes: rng.chance(0.8),
      utilities: rng.chance(0.85),
    },
  };
}

/** What is to happen: one cause or two, the first first. */
export type Script = { kind: CaseKind; causes: readonly string[] };

const stops = faults.filter((fault) => fault.nature === undefined).map((fault) => fault.cause);
const compounds = [
  ['compressed_air_low', 'infeed_jam'],
  ['bad_lot', 'waiting_for_maintenance'],
] as const;

export function drawScript(rng: Random, wanted: { cause?: string; kind?: CaseKind }): Script {
  const drawn = drawKind(rng);
  const kind = wanted.kind ?? (wanted.cause === undefined ? drawn : kindOf(wanted.cause));
  const compound = rng.pick(compounds);
  const planned = rng.pick(['changeover', 'cleaning', 'break']);
  const quiet = rng.pick([
    'nothing',
    'nothing',
    'sensor_outage',
    'slow_running',
    'absorbed_jam',
    'lane_down',
  ]);
  const single = rng.pick(stops);
  if (kind === 'compound')
    return { kind, causes: compounds.find(([first]) => first === wanted.cause) ?? compound };
  const other = kind === 'planned' ? planned : kind === 'no_stop' ? quiet : single;
  return { kind, causes: [wanted.cause ?? other] };
}

export function kindOf(cause: string): CaseKind {
  if (cause === 'break') return 'planned';
  if (cause === 'nothing' || cause === 'lane_down') return 'no_stop';
  return faultOf(cause).nature ?? 'single';
}
