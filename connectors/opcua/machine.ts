import type { PlantRecord } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import { header } from '../source/record-header.ts';
import type { Role } from './items.ts';
import type { Template } from './options.ts';
import { modeOf, stateOf } from './words.ts';

type Part = Exclude<Role, 'signal' | 'system'>;
type Change = { role: Part; raw: string | boolean; at: Millis };

/** The nodes of one machine on their way to `state` records: one whenever state, direction or mode changed. */
export type Machine = {
  readonly source: string;
  readonly equipment: string;
  readonly template: Template | undefined;
  /** Words of the vendor that the template does not name, by equipment; of all machines. */
  readonly unmapped: Map<string, Set<string>>;
  readonly parts: { state?: string; mode?: string; blocked: boolean; starved: boolean };
  changes: Change[];
  /** The parts that are still to come after a (re)connect; null: all came. */
  owed: Set<Role> | null;
  owedUntil: Millis | null;
  /** False: what comes is the past, nothing has to be waited for. */
  holding: boolean;
  /** The present state is to be recorded once more. */
  again: boolean;
  /** What the last record said, when it was true from, and how many records that moment has. */
  said: string;
  lastAt: Millis;
  times: number;
};

/** A server owes the first value of each item with the first publication; one that does not is not waited for longer. */
const patienceMs = 5000;
/** So many words are enough to correct a template by. */
const unmappedWords = 20;

export const openMachine = (
  given: Pick<Machine, 'source' | 'equipment' | 'template' | 'unmapped'>,
): Machine => ({
  ...given,
  parts: { blocked: false, starved: false },
  changes: [],
  owed: null,
  owedUntil: null,
  holding: true,
  again: false,
  said: '',
  lastAt: 0,
  times: 0,
});

/** These parts will come anew; until all are here nothing is recorded, then one record at their newest time. */
export function expectParts(machine: Machine, roles: readonly Role[]): void {
  machine.owed = roles.length > 0 ? new Set(roles) : null;
  machine.owedUntil = null;
  machine.changes = [];
}

/** This part became unreadable: it has no value, and the next good state is recorded even if it is the same. */
export function losePart(machine: Machine, role: Part): void {
  machine.owed?.delete(role);
  machine.said = '';
  if (role === 'state' || role === 'mode') delete machine.parts[role];
  else machine.parts[role] = false;
}

/** The present state is recorded once more when the machine is settled. */
export function restateMachine(machine: Machine): void {
  machine.said = '';
  machine.again = true;
}

/** Turns the changes that came into records. */
export function settleMachine(machine: Machine, now: Millis): PlantRecord[] {
  const records: PlantRecord[] = [];
  if (machine.again && machine.lastAt > 0) {
    machine.times -= 1;
    records.push(...stateRecord(machine, machine.lastAt, now));
  }
  machine.again = false;
  if (machine.changes.length === 0) return records;
  if (machine.holding && machine.owed) return [...records, ...settleFirst(machine, machine.owed, now)];
  const changes = machine.changes.toSorted((a, b) => a.at - b.at);
  machine.changes = [];
  for (const [index, change] of changes.entries()) {
    apply(machine, change);
    if (changes[index + 1]?.at !== change.at) records.push(...stateRecord(machine, change.at, now));
  }
  return records;
}

/** The one record of all parts after a (re)connect, as soon as those that are owed came. */
function settleFirst(machine: Machine, owed: Set<Role>, now: Millis): PlantRecord[] {
  const { changes } = machine;
  machine.owedUntil ??= now + patienceMs;
  for (const { role } of changes) owed.delete(role);
  if (owed.size > 0 && now < machine.owedUntil) return [];
  machine.owed = null;
  for (const change of changes) apply(machine, change);
  const at = changes.reduce((newest, change) => Math.max(newest, change.at), 0);
  machine.changes = [];
  if (at === 0) return [];
  machine.said = '';
  if (at <= machine.lastAt) machine.times = 0; // the moment that was told before: the same record, not another version
  machine.lastAt = Math.min(machine.lastAt, at);
  return stateRecord(machine, at, now);
}

function apply({ parts }: Machine, { role, raw }: Change): void {
  if (role === 'state' || role === 'mode') parts[role] = String(raw);
  else parts[role] = raw === true;
}

/** The record of the present parts at `at`, or none when it says nothing new. */
function stateRecord(machine: Machine, at: Millis, now: Millis): PlantRecord[] {
  const { source, equipment, template, parts } = machine;
  if (parts.state === undefined) return [];
  const { state, waiting, known } = stateOf(parts.state, template);
  if (!known) rememberWord(machine, parts.state);
  const direction = parts.blocked ? 'blocked' : parts.starved ? 'starved' : waiting;
  const mode = parts.mode === undefined ? null : modeOf(parts.mode, template);
  const saying = [parts.state, direction, mode].join('|');
  if (saying === machine.said) return [];
  machine.said = saying;
  // A part that arrives after a later one must not rewrite the past: it is true from the later time on.
  const from = Math.max(at, machine.lastAt);
  machine.times = from === machine.lastAt ? machine.times + 1 : 1;
  machine.lastAt = from;
  const version = machine.times === 1 ? '' : String(machine.times).padStart(4, '0');
  return [
    {
      kind: 'state',
      ...header({ source, observedAt: now }, `${equipment}@${iso(from)}`, version, equipment, from),
      state,
      waiting: direction,
      mode,
      raw: parts.state,
      plain: template?.plain ?? false,
    },
  ];
}

function rememberWord({ equipment, unmapped }: Machine, word: string): void {
  const words = unmapped.get(equipment) ?? new Set();
  if (words.size < unmappedWords) unmapped.set(equipment, words.add(word));
}
