import type { Plant } from '../../plant/equipment.ts';
import { allNamed } from '../../plant/names.ts';
import { localClock, localSeconds } from '../../plant/say/local-time.ts';
import type { Millis } from '../../plant/time.ts';
import { figuresOf, type Figure } from './figures.ts';
import { plainSpaces, type Known } from './known.ts';

/** Why a figure of the sentence may not be sent; null: all of them stand in the results. */
export function checkFigures(
  sentence: string,
  words: string,
  known: Known,
  plant: Plant,
  now: Millis,
): string | null {
  const unnamed = withoutEquipment(sentence.replace(/^\s*(?:-|\d{1,2}[.)])\s+/, ''), plant);
  for (const figure of figuresOf(unnamed)) {
    if (!stands(figure, known, plant)) return `"${figure.raw.trim()}" is in no result`;
    const limit = limitBefore(unnamed, figure.raw);
    if (limit && !keepsLimit(figure, limit, known)) return `"${limit} ${figure.raw.trim()}" is not so`;
  }
  if (/\d:\d\d (?:minutes|hours|seconds)\b/.test(words)) return 'a time told as a duration';
  if (/\byesterday\b/.test(words) && !knowsDay(known, plant, now - 86_400_000, 'yesterday'))
    return '"yesterday" is in no result';
  if (/\blast night\b|\btomorrow\b|\blast week\b/.test(words)) {
    const said = /\blast night\b|\btomorrow\b|\blast week\b/.exec(words)?.[0] ?? '';
    if (!known.words.includes(said)) return `"${said}" is in no result`;
  }
  return null;
}

const limits =
  /\b(less than|under|below|nearly|almost|not even|up to|more than|over|at least|above|exactly)\s+(?:the |a |an )?$/i;
const limitBefore = (text: string, raw: string): string | null =>
  limits.exec(text.slice(0, Math.max(0, text.indexOf(raw))))?.[1]?.toLowerCase() ?? null;

/** "Nearly 13 minutes" is less than 13, "over 12 minutes" more than 12; the same for what has a unit. */
function keepsLimit(figure: Figure, limit: string, known: Known): boolean {
  const said = figure.kind === 'duration' ? figure.seconds : figure.kind === 'quantity' ? figure.value : null;
  if (said === null) return true;
  const unit = figure.kind === 'quantity' ? figure.unit : null;
  const values =
    unit === null
      ? known.seconds
      : known.figures.flatMap((one) => (one.kind === 'quantity' && one.unit === unit ? [one.value] : []));
  const near = values.filter((one) => Math.abs(one - said) <= Math.abs(said) / 10);
  if (limit === 'exactly') return near.includes(said);
  if (/over|more|least/.test(limit))
    return near.some((one) => (limit === 'at least' ? one >= said : one > said));
  // "Above 3.2 Nm" compares two values of the result.
  if (/above|below/.test(limit)) return values.some((one) => (limit === 'above' ? one > said : one < said));
  return near.some((one) => (limit === 'up to' ? one <= said : one < said));
}

/** Names carry digits of their own: "Line 3" is no three. */
function withoutEquipment(sentence: string, plant: Plant): string {
  const names = allNamed(plant).flatMap(({ id, name, aliases }) => [id, name, ...aliases]);
  let left = sentence;
  for (const name of names.filter((one) => /\d/.test(one)).toSorted((a, b) => b.length - a.length))
    left = left.replaceAll(
      new RegExp(
        String.raw`(?<![\p{L}\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/[ -]/g, '[ -]')}(?![\p{L}\p{N}])`,
        'giu',
      ),
      ' ',
    );
  return left.replace(/\b[Ll]ines? \d+\b/g, ' ');
}

function stands(figure: Figure, known: Known, plant: Plant): boolean {
  switch (figure.kind) {
    case 'instant':
      return known.instants.includes(figure.at);
    case 'clock':
      return knowsClock(figure, known, plant);
    case 'date':
      return (
        known.figures.some((one) => one.kind === 'date' && sameDate(one, figure)) ||
        known.instants.some((at) => sameDate(localDate(at, plant.timezone), figure))
      );
    case 'weekday':
      return (
        known.figures.some((one) => one.kind === 'weekday' && one.day === figure.day) ||
        known.instants.some((at) => localDate(at, plant.timezone).weekday === figure.day)
      );
    case 'duration':
      return knowsDuration(figure, known);
    case 'quantity':
      return knowsQuantity(figure, known);
    case 'id':
      return (
        known.figures.some((one) => one.kind === 'id' && one.id === figure.id) ||
        hasWord(known.words, figure.id)
      );
  }
}

function knowsClock(
  { minute, second }: Extract<Figure, { kind: 'clock' }>,
  known: Known,
  plant: Plant,
): boolean {
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  const written = known.figures.some(
    (one) => one.kind === 'clock' && one.minute === minute && (second === null || one.second === second),
  );
  return (
    written ||
    known.instants.some((at) =>
      second === null
        ? localClock(at, plant.timezone) === clock
        : localSeconds(at, plant.timezone) === `${clock}:${two(second)}`,
    )
  );
}

/** As written in a result, or a recorded duration rounded to the unit it is said in, at most a tenth off. */
function knowsDuration({ seconds, step }: Extract<Figure, { kind: 'duration' }>, known: Known): boolean {
  const written = known.figures.some((one) => one.kind === 'duration' && Math.abs(one.seconds - seconds) < 1);
  return (
    written ||
    known.seconds.some(
      (one) =>
        Math.abs(one - seconds) <= Math.min(step / 2, one / 10) ||
        (step === 1 && Math.round(one) === seconds),
    )
  );
}

/**
 * Rounded as far as it is said, and right so, at most 2 % off: 8.46 is 8.5, not 8.4 and not 8. A figure with a unit needs a result with
 * that unit; a bare one may be any number or count of the results.
 */
function knowsQuantity(
  { value, decimals, unit, raw }: Extract<Figure, { kind: 'quantity' }>,
  known: Known,
): boolean {
  if (Number.isNaN(value)) return known.words.includes(plainSpaces(raw).trim());
  const step = 10 ** -Math.max(0, decimals);
  const rounds = (one: number) =>
    Math.abs(one - value) < 1e-9 ||
    (Math.abs(Math.round(one / step) * step - value) < 1e-9 && Math.abs(one - value) <= Math.abs(one) * 0.02);
  const quantities = known.figures.filter((one) => one.kind === 'quantity');
  if (unit !== '') return quantities.some((one) => one.unit === unit && rounds(one.value));
  const ids = known.figures.some((one) => one.kind === 'id' && one.id === plainSpaces(raw).trim());
  return ids || quantities.some((one) => rounds(one.value)) || known.numbers.some(rounds);
}

type LocalDate = { day: number; month: number; year: number | null };
const sameDate = (a: LocalDate, b: LocalDate): boolean =>
  a.day === b.day && a.month === b.month && (a.year === null || b.year === null || a.year === b.year);

const dates = new Map<string, Intl.DateTimeFormat>();
function localDate(at: Millis, zone: string): LocalDate & { weekday: number } {
  let format = dates.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    dates.set(zone, format);
  }
  const [year = 0, month = 1, day = 1] = format.format(at).split('-').map(Number);
  return { year, month, day, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

function knowsDay(known: Known, plant: Plant, at: Millis, word: string): boolean {
  const day = localDate(at, plant.timezone);
  return (
    hasWord(known.words, word) || known.instants.some((one) => sameDate(localDate(one, plant.timezone), day))
  );
}

const hasWord = (words: string, word: string): boolean => {
  const at = words.indexOf(word);
  return (
    at >= 0 &&
    !/[\p{L}\p{N}]/u.test(words.charAt(at - 1)) &&
    !/[\p{L}\p{N}]/u.test(words.charAt(at + word.length))
  );
};
