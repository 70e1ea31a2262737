import type { Evidence } from '../../evidence.ts';
import { placeWords } from '../../say/en/words.ts';
import { durationWords, localAt } from '../../say/local-time.ts';
import type { PlantRecord } from '../../record.ts';
import { isInternal } from '../../state.ts';
import type { Statement } from './cited.ts';
import type { ChainStep } from '../diagnosis.ts';
import { sighting } from '../cues/expect.ts';
import type { Origin } from '../localise/origin.ts';
import type { Scene } from '../scene.ts';

/** Other machines with a fault of their own on the way: a second cause, or a consequence; said, not hidden. */
export function alsoStanding(scene: Scene, origin: Origin | null): Statement[] {
  if (!origin) return [];
  return [...scene.floor.stands].flatMap(([machine, stands]) => {
    if (machine === origin.entry || origin.hit.includes(machine)) return [];
    const spans = stands.flatMap((stand) => stand.spans.map((span) => ({ span, stand })));
    const own = spans.find(({ span, stand }) => {
      const from = stand.from + span.from - (stand.spans[0]?.from ?? span.from);
      return (
        isInternal(span.state) && from <= scene.end && from >= scene.from - 600_000 && stand.to >= scene.from
      );
    });
    if (!own) return [];
    const { record } = own.span;
    const alarm = scene.alarms.find(
      (one) =>
        one.equipment === machine &&
        one.says === 'fault' &&
        Math.abs(Date.parse(one.record.at) - own.span.from) < 60_000,
    );
    const { evidence } = sighting(scene, alarm ? [record, alarm.record] : [record]);
    const when = localAt(own.span.from, scene.plant.timezone, scene.case.now);
    const text = `${placeWords(scene.plant, machine)} also had a fault of its own, ${when}`;
    return [{ kind: 'fact' as const, text, evidence }];
  });
}

/** What the MES booked for the line as it stood: a second system that says so. */
const bookedAs = (scene: Scene): PlantRecord[] =>
  scene
    .all('downtime_event')
    .filter(({ equipment }) => equipment === scene.line.id || equipment === scene.reference)
    .filter(({ category }) => category !== 'production')
    .filter(({ from }) => Math.abs(Date.parse(from) - scene.from) < scene.clocks.tolerance + 60_000)
    .slice(-1);

/** That the line stopped, when and for how long. */
export function stopClaim(scene: Scene): Statement {
  const { stop, now, plant } = scene.case;
  const stand = scene.floor.stands
    .get(scene.reference)
    ?.find((one) => Math.abs(one.from - scene.from) < 60_000);
  const when = localAt(Date.parse(stop.from), plant.timezone, now);
  const text =
    stop.to === null
      ? `${scene.line.name} stopped ${when} and has been standing for ${durationWords(stop.durationS)}`
      : `${scene.line.name} stopped ${when} for ${durationWords(stop.durationS)}`;
  const records = [...(stand ? [stand.span.record] : []), ...bookedAs(scene)];
  return { kind: 'fact', text, evidence: sighting(scene, records).evidence };
}

const verbs: Record<ChainStep['kind'], string> = {
  starves: 'ran out of product',
  blocks: 'could not pass product on',
  stops: 'stopped',
  supplies: 'got no supply',
  holds: 'was held',
};

/** One statement per step of the chain. `path`: what the machines on it reported. */
export const chainClaims = (
  scene: Scene,
  chain: readonly ChainStep[],
  path: readonly Evidence[],
): Statement[] =>
  chain.map(({ to, kind, at, inferred }) => {
    const when = localAt(Date.parse(at), scene.plant.timezone, scene.case.now);
    const how = inferred ? ', inferred from its neighbours' : '';
    return {
      kind: 'inference',
      text: `${placeWords(scene.plant, to)} ${verbs[kind]} ${when}${how}`,
      evidence: path.filter(({ equipment }) => equipment === to),
    };
  });
