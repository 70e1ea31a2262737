import type { PlantRecord } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { Role } from './items.ts';
import type { Template } from './options.ts';
import { modeOf, stateOf } from './words.ts';

type Part = Exclude<Role, 'signal' | 'system'>;
type Change = { role: Part; raw: string | boolean; at: Millis };

/** The nodes of one machine, folded into `state` records: one whenever state, direction or mode changed. */
export type MachineFold = {
  change(role: Part, raw: string | boolean, at: Millis): void;
  settle(now: Millis): PlantRecord[];
  /** These parts will come anew; until all are here nothing is recorded, then one record at their newest time. */
  expect(roles: readonly Role[]): void;
  /** False: what comes is the past, nothing has to be waited for. */
  hold(waiting: boolean): void;
  /** This part became unreadable: it has no value, and the next good state is recorded even if it is the same. */
  lose(role: Part): void;
  /** Record the present state once more. */
  restate(): void;
};

/** A server owes the first value of each item with the first publication; one that does not is not waited for longer. */
const patienceMs = 5000;

export function foldMachine(
  source: string,
  equipment: string,
  template: Template | undefined,
  onUnmapped: (word: string) => void,
): MachineFold {
  const parts: { state?: string; mode?: string; blocked: boolean; starved: boolean } = {
    blocked: false,
    starved: false,
  };
  let changes: Change[] = [];
  /** The parts that are still to come after a (re)connect; null: all came. */
  let owed: Set<Role> | null = null;
  let owedUntil: Millis | null = null;
  let holding = true;
  let again = false;
  let said = '';
  let lastAt: Millis = 0;
  let times = 0;

  function apply({ role, raw }: Change): void {
    if (role === 'state' || role === 'mode') parts[role] = String(raw);
    else parts[role] = raw === true;
  }

  /** The record of the present parts at `at`, or none when it says nothing new. */
  function record(at: Millis, now: Millis): PlantRecord[] {
    if (parts.state === undefined) return [];
    const { state, waiting, known } = stateOf(parts.state, template);
    if (!known) onUnmapped(parts.state);
    const direction = parts.blocked ? 'blocked' : parts.starved ? 'starved' : waiting;
    const mode = parts.mode === undefined ? null : modeOf(parts.mode, template);
    const saying = [parts.state, direction, mode].join('|');
    if (saying === said) return [];
    said = saying;
    // A part that arrives after a later one must not rewrite the past: it is true from the later time on.
    const from = Math.max(at, lastAt);
    times = from === lastAt ? times + 1 : 1;
    lastAt = from;
    return [
      {
        kind: 'state',
        source,
        key: `${equipment}@${iso(from)}`,
        version: times === 1 ? '' : String(times).padStart(4, '0'),
        equipment,
        at: iso(from),
        observedAt: iso(now),
        quality: 'good',
        state,
        waiting: direction,
        mode,
        raw: parts.state,
        plain: template?.plain ?? false,
      },
    ];
  }

  function first(waitedFor: Set<Role>, now: Millis): PlantRecord[] {
    owedUntil ??= now + patienceMs;
    for (const change of changes) waitedFor.delete(change.role);
    if (waitedFor.size > 0 && now < owedUntil) return [];
    owed = null;
    for (const change of changes) apply(change);
    const at = changes.reduce((newest, change) => Math.max(newest, change.at), 0);
    changes = [];
    if (at === 0) return [];
    said = '';
    if (at <= lastAt) times = 0; // the moment that was told before: the same record, not another version
    lastAt = Math.min(lastAt, at);
    return record(at, now);
  }

  return {
    change: (role, raw, at) => void changes.push({ role, raw, at }),
    settle(now) {
      const records: PlantRecord[] = [];
      if (again && lastAt > 0) {
        times -= 1;
        records.push(...record(lastAt, now));
      }
      again = false;
      if (changes.length === 0) return records;
      if (holding && owed) return [...records, ...first(owed, now)];
      const ordered = changes.toSorted((a, b) => a.at - b.at);
      changes = [];
      for (const [index, change] of ordered.entries()) {
        apply(change);
        if (ordered[index + 1]?.at !== change.at) records.push(...record(change.at, now));
      }
      return records;
    },
    expect(roles) {
      owed = roles.length > 0 ? new Set(roles) : null;
      owedUntil = null;
      changes = [];
    },
    hold(waiting) {
      holding = waiting;
    },
    lose(role) {
      owed?.delete(role);
      said = '';
      if (role === 'state' || role === 'mode') delete parts[role];
      else parts[role] = false;
    },
    restate() {
      said = '';
      again = true;
    },
  };
}
