import type { Evidence } from '../../evidence.ts';
import type { RecordKind } from '../../record.ts';
import type { Utility } from '../../equipment.ts';
import type { CauseClass } from '../../cause-class.ts';
import type { Origin } from '../localise/origin.ts';
import type { Scene } from '../scene.ts';

/** Sources that do not know of each other. Within one, only the strongest word counts: 40 alarms are one vote. */
export type Group =
  | 'place'
  | 'alarm'
  | 'signal'
  | 'mes'
  | 'erp'
  | 'quality'
  | 'maintenance'
  | 'crew'
  | 'plan'
  | 'system'
  | 'gap'
  | 'reason'
  | 'note';

/** A place at which a cause is tried. `id`: what is named as the origin; `origin`: how the stop came from there. */
export type Place = { id: string; origin: Origin };

/** Something seen. `strength`: 0 to 1, for time, trust and clearness. */
export type Sighting = { strength: number; evidence: Evidence[] };

/**
 * One thing a cause expects (weight above 0) or that speaks against it (below 0), in log-odds:
 * decisive 3, strong 2, weak 1.
 */
export type Expectation = {
  group: Group;
  weight: number;
  look(scene: Scene, place: Place): Sighting[];
  /** Points lost where somebody who would know says nothing of it. */
  missing?: number;
  /** Who would know. A source that had no data, or that is not there, costs nothing and is named. */
  needs?: RecordKind;
  /** Could it have been seen here? For signals: is there such a signal. Default: the source of `needs` is healthy. */
  visible?(scene: Scene, place: Place): boolean;
  /** What would have been seen, as a noun phrase: `a shortage of a component`. */
  what: string;
};

export type Scope =
  | 'machine'
  | 'line'
  | 'machine or line'
  | 'supply'
  | 'supply or machine'
  | 'dispatch'
  | 'system'
  | { utility: Utility['kind'] };

/** One entry of the catalogue: plain data and what it expects. `at` in the words is the place as people say it. */
export type Cause = {
  id: string;
  class: CauseClass;
  scope: Scope;
  /** How common it is beside the others; default 1. */
  share?: number;
  /** It keeps a line standing that may have stopped for another reason, which is then told too. */
  sequel?: boolean;
  /** Somebody or something else may have stopped the machine; this only let it stand. What a machine says of itself is told first. */
  neglect?: boolean;
  /** A noun phrase: `a jam at the infeed of the packer`. */
  words(at: string): string;
  /** The look that shows it. */
  check(at: string): string;
  evidence: readonly Expectation[];
};
