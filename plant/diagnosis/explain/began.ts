import type { Evidence } from '../../evidence.ts';
import type { ChainStep } from '../diagnosis.ts';
import type { Origin } from '../localise/origin.ts';
import { evidenceOf } from '../records/says.ts';
import type { Scene } from '../scene.ts';
import type { Verdict } from '../weigh/abstain.ts';
import type { Ranking } from '../weigh/weigh.ts';
import { chainOf } from './chain.ts';

/** Where it began, as far as that is clear, and how it came from there to the machine that the line is judged by. */
export type Began = {
  place: string | null;
  /** Whose way through the line is told. */
  origin: Origin | null;
  chain: ChainStep[];
  /** What the machines on the way reported. */
  path: Evidence[];
};

/** From these shares on a place is told: of all places, and of the known causes without one that is named. */
const clear = { place: 0.5, causes: 0.6 };

function placeOf(
  origins: readonly Origin[],
  { scored, other, unknown, odd }: Ranking,
  { answer }: Verdict,
): Pick<Began, 'place' | 'origin'> {
  if (answer === 'other' && odd) {
    const { kind, place, seed } = odd.origin;
    // What is not known lies where the machine stood, not with what may have come to it.
    return { place: kind === 'machine' ? seed.machine : place, origin: odd.origin };
  }
  const [likeliest] = origins;
  const local = likeliest && likeliest.p >= clear.place ? likeliest : null;
  const [top] = scored;
  const known = 1 - other - unknown;
  const sameplace = scored.filter((one) => one.place.id === top?.place.id);
  const share = sameplace.reduce((sum, { p }) => sum + p, 0) / (known > 0 ? known : 1);
  // Without a cause the place is still told where most causes that fit lie there.
  const leading = answer === 'other' ? null : (answer ?? (top && share >= clear.causes ? top : null));
  return leading
    ? { place: leading.place.id, origin: leading.place.origin }
    : { place: local?.place ?? null, origin: local };
}

export function beganOf(scene: Scene, origins: readonly Origin[], ranking: Ranking, verdict: Verdict): Began {
  const { place, origin } = placeOf(origins, ranking, verdict);
  const path = (origin?.path ?? []).flatMap(({ stand }) =>
    stand ? [evidenceOf(stand.span.record, scene.plant, scene.systems)] : [],
  );
  return { place, origin, chain: place !== null && origin ? chainOf(scene, place, origin) : [], path };
}
