import type { Cause, Place } from '../causes/cause.ts';
import { kindOfUtility } from '../localise/hints.ts';
import type { Origin } from '../localise/origin.ts';
import type { Scene } from '../scene.ts';

/** A cause tried at a place. `location`: how likely the stop began there, as the logarithm of the share, 0 or below. */
export type Hypothesis = { cause: Cause; place: Place; location: number };

/** Where causes are tried at all. */
const limits = {
  /** Places that explain the line so much worse than the best, log-odds, are one in 400. */
  behind: 6,
  /** Of the machines that fit, and of those before one that finds what they do wrong. */
  machines: 4,
  /** No share of a place counts less than this. */
  share: 1e-4,
};

/** What a place takes from a cause beside its own share; log-odds. Each changes at most 2 of 893 training stops: they order what fits equally well. */
const points = {
  /** A cause of the whole line shows as machines that stand without a fault: by how the first one stood. */
  line: { noFault: -0.2, fault: -0.6, alarm: -1.2 },
  /** A machine waits for something that nobody listed for it; where the plant lists none of that kind, it well can. */
  unlisted: { describesNone: -0.5, describesOthers: -0.8 },
  /** A component that is used in the middle of the line, not where the supply comes in. */
  usedElsewhere: -1,
  /** Of machines with a changed setting each one farther before the stop is a little less likely. */
  farther: -0.2,
};

function lineLocation({ stand }: Origin): number {
  if (stand?.kind !== 'internal') return points.line.noFault;
  return stand.alarms.some((alarm) => !alarm.chatters) ? points.line.alarm : points.line.fault;
}

/** Six places that fit equally well share the weight of one: the logarithm of the share, not the distance from the best. */
const shareOf = (origin: Origin): number => Math.log(Math.max(origin.p, limits.share));

/** At the utilities or systems that may have failed; where the plant describes none, at the machine that says so. */
function atShared(
  cause: Cause,
  described: readonly { id: string }[],
  origins: readonly Origin[],
): Hypothesis[] {
  const found = origins
    .filter(
      ({ kind, place }) =>
        (kind === 'utility' || kind === 'system') && described.some(({ id }) => id === place),
    )
    .map((origin) => ({ cause, place: { id: origin.place, origin }, location: shareOf(origin) }));
  const top = origins.find(({ kind }) => kind === 'machine');
  // A machine can wait for something that nobody listed for it.
  const listed = !top || found.some(({ place }) => place.origin.hit.includes(top.entry));
  if (listed || (described.length > 0 && cause.scope !== 'system')) return found;
  const { describesNone, describesOthers } = points.unlisted;
  const location = shareOf(top) + (described.length === 0 ? describesNone : describesOthers);
  return [...found, { cause, place: { id: top.place, origin: top }, location }];
}

function atPortal(cause: Cause, scene: Scene, origins: readonly Origin[]): Hypothesis[] {
  const kind = cause.scope === 'dispatch' ? 'dispatch' : 'supply';
  const found: Hypothesis[] = origins
    .filter((origin) => origin.kind === kind)
    .map((origin) => ({ cause, place: { id: origin.place, origin }, location: shareOf(origin) }));
  const top = origins.find((origin) => origin.kind === 'machine');
  if (cause.scope !== 'supply or machine' || !top) return found;
  // A component used in the middle of the line stops the machine that uses it, and it lies with the supply all the same.
  const portals = scene.flow.portals.filter((one) => one.kind === 'supply');
  const beside = portals.find(({ at }) => at === top.entry);
  const portal = beside ?? portals[0];
  const described = scene.line.supply.length > 0;
  const within: Hypothesis = {
    cause,
    // Where the plant describes what comes in where, a component used elsewhere is missing at the machine that uses it.
    place: { id: beside ? beside.id : described ? top.place : (portal?.id ?? scene.line.id), origin: top },
    location: shareOf(top) + points.usedElsewhere,
  };
  const same = found.find(({ place }) => place.id === within.place.id);
  if (!same) return [...found, within];
  return found.map((one) => (one === same && within.location > one.location ? within : one));
}

/**
 * What one machine does wrong, a machine behind it finds and stops for: rejects at a camera come from the machine
 * whose setting was changed, where a change is recorded there. Machines before the one that stood, that ran on, nearest first.
 */
function madeBefore(cause: Cause, scene: Scene, top: Origin | undefined): Hypothesis[] {
  if (cause.class !== 'quality' || top?.kind !== 'machine' || top.stand?.kind !== 'internal') return [];
  const { flow, floor } = scene;
  const changed = new Set(
    scene.valid('quality').flatMap((one) => (one.event === 'parameter_changed' ? (one.equipment ?? []) : [])),
  );
  const before: string[] = [];
  for (let front = [top.entry]; front.length > 0 && before.length < limits.machines;) {
    front = front
      .flatMap((id) => (flow.into.get(id) ?? []).map(({ from }) => from))
      .filter((id) => !before.includes(id));
    before.push(...front);
  }
  const { from, to } = top.seed;
  return before
    .filter(
      (id) =>
        changed.has(id) &&
        !floor.stands
          .get(id)
          ?.some((stand) => stand.kind === 'internal' && stand.to > from && stand.from < from),
    )
    .map((machine, index) => {
      const made = { machine, parent: null, way: 'own' as const, stand: null, from, to };
      const path = [made, ...top.path];
      const origin = { ...top, place: machine, entry: machine, hit: [machine, top.entry], path };
      return { cause, place: { id: machine, origin }, location: shareOf(top) + index * points.farther };
    });
}

/** Every cause of the catalogue at every place where it can be and that explains the line nearly as well as the best. */
export function hypotheses(
  scene: Scene,
  origins: readonly Origin[],
  catalogue: readonly Cause[],
): Hypothesis[] {
  const [top] = origins;
  if (!top) return [];
  const likely = origins.filter((origin) => origin.points > top.points - limits.behind);
  const machines = likely.filter((origin) => origin.kind === 'machine').slice(0, limits.machines);
  const whole = origins.find((origin) => origin.kind === 'line');
  const atLine = (cause: Cause): Hypothesis => {
    const within = { cause, place: { id: scene.line.id, origin: top }, location: lineLocation(top) };
    // A plan that ran over its time says by itself that the line stands for it, however the machines ran empty.
    if (cause.class === 'planning' && scene.overrun) {
      const last = origins.find(({ place }) => place === scene.floor.reference);
      return { cause, place: { id: scene.line.id, origin: whole ?? last ?? top }, location: 0 };
    }
    if (!whole || shareOf(whole) < within.location) return within;
    return { cause, place: { id: scene.line.id, origin: whole }, location: shareOf(whole) };
  };
  const atMachines = (cause: Cause): Hypothesis[] =>
    machines.map((origin) => ({ cause, place: { id: origin.place, origin }, location: shareOf(origin) }));
  return catalogue.flatMap((cause): Hypothesis[] => {
    switch (cause.scope) {
      case 'machine':
        return [...atMachines(cause), ...madeBefore(cause, scene, machines[0])];
      case 'line':
        return [atLine(cause)];
      case 'machine or line':
        // Where the whole line stands at once it is one thing, where one machine does and others wait it is its own.
        return machines[0] && (!whole || machines[0].p >= whole.p) ? atMachines(cause) : [atLine(cause)];
      case 'supply':
      case 'supply or machine':
      case 'dispatch':
        return atPortal(cause, scene, likely);
      case 'system':
        return atShared(cause, scene.plant.systems, origins);
      default: {
        const { utility: kind } = cause.scope;
        return atShared(
          cause,
          scene.plant.utilities.filter((one) => kindOfUtility(one) === kind),
          origins,
        );
      }
    }
  });
}
