import type { Plant } from '../../../plant/equipment.ts';
import { editDistance, type Named } from '../../../plant/names.ts';
import { noSuchClock } from './en-clock.ts';
import { capabilities } from './en-intents.ts';
import type { NamedEquipment } from './en-names.ts';
import type { NamedTimes } from './en-times.ts';
import type { Intent, Unclear, Where } from './understood.ts';

const needsLine: readonly Intent[] = ['why', 'how_long', 'since_when', 'record', 'correct'];

/** Why the question cannot be answered as it stands; null: it can. */
export function unclearOf(read: {
  wanted: readonly Intent[];
  names: NamedEquipment;
  times: NamedTimes;
  where: Where;
  plant: Plant;
  text: string;
}): Unclear | null {
  const { wanted, names, times, where, plant, text } = read;
  const [first] = wanted;
  const lines = plant.lines.map(({ name }) => name);
  if (first === undefined)
    return {
      kind: 'no_intent',
      sentence: 'I did not understand the question.',
      choices: capabilities(plant, where.lines[0] ?? null),
    };
  const wrong = noSuchClock(text);
  if (wrong && first !== 'record' && first !== 'correct')
    return {
      kind: 'no_time',
      sentence: `There is no ${wrong} on the clock.`,
      choices: capabilities(plant, where.lines[0] ?? null),
    };
  if (times.future)
    return {
      kind: 'future',
      sentence: 'That time has not come yet; I know what was recorded until now.',
      choices: capabilities(plant, where.lines[0] ?? null),
    };
  if (names.unknown[0] && first !== 'correct') return unknownName(names.unknown[0], plant, first);
  if (where.which.length > 0) return whichOne(where.which, names, plant, first);
  if (first === 'signals' && where.machine === null && where.lines.length === 0)
    return {
      kind: 'which',
      sentence: 'Of which machine do you want the values?',
      choices: plant.lines
        .flatMap((line) => line.machines.slice(0, 1).map(({ name }) => `${name} of ${line.name}`))
        .slice(0, 4)
        .map((name) => asked(first, name)),
    };
  if (needsLine.includes(first) && where.lines.length === 0 && where.machine === null && lines.length > 1)
    return {
      kind: 'line_needed',
      sentence: `Which line do you mean: ${orList(lines)}?`,
      choices: lines.slice(0, 4).map((name) => asked(first, name)),
    };
  return null;
}

/** Of which line's stop something is said, where several are in play; null: of one. */
export function whichStop(ids: readonly (string | null)[], words: string, plant: Plant): Unclear | null {
  const lines = plant.lines.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  if (lines.length < 2) return null;
  return {
    kind: 'line_needed',
    sentence: `Of which line do you say that: ${orList(lines)}?`,
    choices: lines.map((name) => `${name}: wrong cause${words === '' ? '' : `, ${words}`}`),
  };
}

function unknownName(words: string, plant: Plant, intent: Intent): Unclear {
  const number = /\d+/.exec(words)?.[0] ?? '';
  const near = plant.lines.toSorted(
    (a, b) =>
      editDistance(a.name, words) - editDistance(b.name, words) || far(a.name, number) - far(b.name, number),
  );
  const names = near.slice(0, 3).map(({ name }) => name);
  const sentence = `There is no "${words}" at ${plant.name}. The nearest: ${orList(names)}.`;
  return { kind: 'unknown_name', sentence, choices: names.map((name) => asked(intent, name)) };
}

const far = (name: string, number: string): number =>
  Math.abs(Number(/\d+/.exec(name)?.[0] ?? 0) - Number(number));

function whichOne(which: readonly Named[], names: NamedEquipment, plant: Plant, intent: Intent): Unclear {
  const called = names.things[0]?.[0]?.name.toLowerCase() ?? 'that';
  const full = which.map((thing) => {
    const line = plant.lines.find(({ id }) => id === thing.line);
    return line ? `${thing.name} of ${line.name}` : thing.name;
  });
  const absent = names.lines.length > 0;
  const line = plant.lines.find(({ id }) => id === names.lines[0])?.name ?? '';
  return {
    kind: 'which',
    sentence: absent
      ? `${line} has no ${called}. It has: ${which.map(({ name }) => name).join(', ')}.`
      : `Which ${called} do you mean: ${orList(full)}?`,
    choices: full.slice(0, 4).map((name) => asked(intent, name)),
  };
}

const orList = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** The same question about another thing, as a person would type it. */
function asked(intent: Intent, name: string): string {
  const questions: Partial<Record<Intent, string>> = {
    record: `Record: ${name} runs slower until 18:00`,
    why: `Why did ${name} stop?`,
    stops: `Which stops did ${name} have today?`,
    bottleneck: `What is the bottleneck of ${name}?`,
    order: `Which order is running on ${name}?`,
    how_long: `How long did ${name} stand?`,
    since_when: `When did ${name} stop?`,
    decisions: `What did we decide on ${name}?`,
    signals: `Show the signals of ${name}`,
  };
  return questions[intent] ?? `What is the status of ${name}?`;
}
