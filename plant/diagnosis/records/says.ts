import type { Plant } from '../../equipment.ts';
import type { Evidence } from '../../evidence.ts';
import { allNamed } from '../../names.ts';
import type { PlantRecord, RecordKind, RecordOf } from '../../record.ts';
import { withUnit } from '../../say/en/words.ts';
import { durationWords, localSpan } from '../../say/local-time.ts';
import { quote } from '../../say/said.ts';
import type { PackmlState, Waiting } from '../../state.ts';
import type { IsoTime, Millis } from '../../time.ts';
import { iso } from '../../time.ts';
import { evidenceId } from '../stop-case.ts';
import type { SignalWindow } from '../stop-case.ts';
import { measureByUnit } from './measure.ts';
import { once } from './once.ts';

const names = new WeakMap<Plant, Map<string, string>>();

/** What people call a piece of equipment; an id nobody named becomes plain words. */
export function nameOf(plant: Plant, id: string): string {
  let known = names.get(plant);
  if (!known) {
    known = new Map(allNamed(plant).map((thing) => [thing.id, thing.name]));
    names.set(plant, known);
  }
  return known.get(id) ?? id.slice(id.lastIndexOf('.') + 1).replaceAll(/[-_.]+/g, ' ');
}

type Say<K extends RecordKind> = (record: RecordOf<K>, plant: Plant) => string;

const span = (plant: Plant, from: IsoTime, to: IsoTime | null): string => {
  const end = to === null ? null : Date.parse(to);
  return localSpan(Date.parse(from), end, plant.timezone, end ?? Date.parse(from));
};
const material = (record: { material: string; description: string }): string =>
  record.description === '' ? record.material : `${quote(record.description)} (${record.material})`;

const waits = { starved: 'waits, nothing comes in', blocked: 'waits, nothing can leave' } as const;
/** What it means on the floor, and the state's own name. */
const meant: Partial<Record<PackmlState, string>> = {
  Execute: 'runs',
  Held: 'held, needs a hand',
  Holding: 'held, needs a hand',
  Aborted: 'tripped',
  Aborting: 'tripped',
};
function stateWords(state: PackmlState, waiting: Waiting | null): string {
  const word = state.startsWith('Suspend') && waiting !== null ? waits[waiting] : meant[state];
  return word ? `${word} (${state})` : state;
}
const counted = (value: number | null, unit: string): string => (value === null ? '' : withUnit(value, unit));

const words: { [K in RecordKind]: Say<K> } = {
  state: ({ state, waiting, raw, plain, mode }) => {
    const word = plain || state === 'Unknown' ? quote(raw) : stateWords(state, waiting);
    const why = waiting === null || word.startsWith('waits') ? '' : `, ${waits[waiting]}`;
    return `${word}${why}${mode && mode !== 'Production' ? `, mode ${mode}` : ''}`;
  },
  alarm: ({ alarm, text, active, acknowledged }) =>
    `alarm ${quote(text === '' ? alarm : text)} ${active ? 'came' : 'went'}${active && acknowledged ? ', acknowledged' : ''}`,
  note: ({ text, author }) => `note${author ? ` of the ${author}` : ''}: ${quote(text)}`,
  downtime_event: ({ status, reason, from, to, operators }, plant) =>
    [
      `entry ${quote(status)} ${span(plant, from, to)}`,
      reason === null ? 'no reason given' : `reason ${quote(reason)}`,
      ...(operators === null ? [] : [`${operators} signed on`]),
    ].join(', '),
  order: ({ order, planned, confirmed, unit, status, description }) =>
    `order ${order}${description ? ` (${quote(description)})` : ''} is ${status}, ${withUnit(confirmed, unit)} of ${withUnit(planned, unit)} confirmed`,
  operation: ({ order, operation, description, status, start, end }, plant) =>
    `operation ${operation}${description ? ` (${quote(description)})` : ''} of order ${order} is ${status}${start ? ` ${span(plant, start, end)}` : ''}`,
  stock: (record) =>
    `stock of ${material(record)}${record.location ? ` at ${record.location}` : ''}${record.batch ? `, batch ${record.batch}` : ''}: ${withUnit(record.quantity, record.unit)} ${
      { free: 'free to use', inspection: 'in quality inspection', blocked: 'blocked' }[record.stock]
    }`,
  material_requirement: (record) =>
    `order ${record.order} needs ${withUnit(record.required, record.unit)} of ${material(record)}, ${withUnit(record.withdrawn, record.unit)} withdrawn${record.available === null ? '' : `, ${counted(record.available, record.unit)} available`}`,
  scrap: ({ quantity, unit, reason }) =>
    `scrap of ${withUnit(quantity, unit)}${reason === null ? '' : `, reason ${quote(reason)}`}`,
  lot: (record) =>
    `lot ${record.lot} of ${record.material}: ${record.held ? `on hold (${quote(record.status)})` : `${record.event}${record.status.toLowerCase() === record.event ? '' : `, status ${quote(record.status)}`}`}`,
  quality: ({ event, subject, text }) =>
    `quality: ${event.replaceAll('_', ' ')} on ${subject}${text ? `, ${quote(text)}` : ''}`,
  maintenance: ({ order, text, status }) =>
    `maintenance ${order}: ${quote(text)}, ${status.replaceAll('_', ' ')}`,
  inspection: ({ template, inspection, status, failed }) =>
    `inspection ${template || inspection}: ${quote(status)}${failed.length > 0 ? `, failed: ${failed.map((one) => quote(one)).join(', ')}` : ''}`,
  crew: ({ present, planned, role }) =>
    `${present} of ${planned} planned${role ? ` (${role})` : ''} at the line`,
  calendar: ({ activity, from, to, standardS, text }, plant) =>
    `${activity.replaceAll('_', ' ')} ${span(plant, from, to)}${standardS === null ? '' : `, standard ${durationWords(standardS)}`}${text ? `, ${quote(text)}` : ''}`,
  system: ({ component, event, text }) => `${component} ${event}${text ? `: ${quote(text)}` : ''}`,
  gap: ({ from, to, reason, only }, plant) =>
    `no ${only ?? 'data'} ${span(plant, from, to)}: ${quote(reason)}`,
};

/**
 * One record as evidence, in plain words with units. `systems`: what people call the system behind a
 * connector id; without it the connector id stands there.
 */
export function evidenceOf(
  record: PlantRecord,
  plant: Plant,
  systems: ReadonlyMap<string, string> = new Map(),
): Evidence {
  const say = words[record.kind] as Say<RecordKind>;
  const said = say(record as never, plant);
  const { source, kind, equipment, at, quality } = record;
  return {
    id: evidenceId(record),
    source,
    system: systems.get(source) ?? source,
    kind,
    equipment,
    at,
    says: equipment === null ? said : `${nameOf(plant, equipment)}: ${said}`,
    quality,
  };
}

/**
 * A running counter: a number without a unit of physics that only grows, by whole pieces, but for the step back to none.
 * What it stood at before says nothing of what is usual.
 */
const isCounter = once(({ points, unit }: SignalWindow): boolean => {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || last[1] === first[1] || measureByUnit(unit)) return false;
  return points.every(([, value], index) => {
    const before = points[index - 1]?.[1] ?? value;
    return Number.isInteger(value) && (value >= before || value === 0);
  });
});

/** One look at a signal as evidence: its value at `at` beside what is usual. */
export function signalEvidence(
  window: SignalWindow,
  at: Millis,
  value: number,
  plant: Plant,
  systems: ReadonlyMap<string, string> = new Map(),
): Evidence {
  const { equipment, signal, source, unit, baseline } = window;
  const usual = baseline === null || isCounter(window) ? '' : `, usual ${withUnit(baseline.median, unit)}`;
  return {
    id: `${source}/signal/${equipment}/${signal}@${iso(at)}`,
    source,
    system: systems.get(source) ?? source,
    kind: 'signal',
    equipment,
    at: iso(at),
    says: `${nameOf(plant, equipment)}: ${signal.replaceAll('_', ' ')} ${withUnit(value, unit)}${usual}`,
    quality: 'good',
  };
}
