/** A figure in a text, in one unit per kind: seconds, minutes of the day, canonical physical units. */
export type Figure =
  | { kind: 'instant'; at: number; raw: string }
  | { kind: 'date'; day: number; month: number; year: number | null; raw: string }
  | { kind: 'weekday'; day: number; raw: string }
  | { kind: 'clock'; minute: number; second: number | null; raw: string }
  | { kind: 'duration'; seconds: number; step: number; raw: string }
  | { kind: 'quantity'; value: number; decimals: number; unit: string; raw: string }
  | { kind: 'id'; id: string; raw: string };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthNames =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const durationUnit = 'weeks?|days?|hours?|hrs?|h|minutes?|mins?|min|seconds?|secs?|s|d';

/** Physical units as people write them: the canonical one, and the factor to it. */
const units: Record<string, readonly [string, number]> = {
  bar: ['bar', 1],
  mbar: ['bar', 0.001],
  kpa: ['bar', 0.01],
  mpa: ['bar', 10],
  '°c': ['°C', 1],
  'degrees celsius': ['°C', 1],
  degrees: ['°C', 1],
  nm: ['Nm', 1],
  '%': ['%', 1],
  percent: ['%', 1],
  bpm: ['bpm', 1],
  kg: ['kg', 1],
  g: ['kg', 0.001],
  t: ['kg', 1000],
  mm: ['mm', 1],
  cm: ['mm', 10],
  m: ['mm', 1000],
  'mm/s': ['mm/s', 1],
  l: ['l', 1],
  ml: ['l', 0.001],
  kw: ['kW', 1],
  a: ['A', 1],
  v: ['V', 1],
  hz: ['Hz', 1],
};
const unitWords = Object.keys(units)
  .toSorted((a, b) => b.length - a.length)
  .map((unit) => unit.replace('/', '\\/'))
  .join('|');

const numberWords: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  twice: NaN,
  dozen: 12,
  dozens: NaN,
  hundreds: NaN,
  thousands: NaN,
  half: NaN,
  double: NaN,
  doubled: NaN,
  triple: NaN,
  tripled: NaN,
};

type Reader = { find: RegExp; read(match: RegExpExecArray): Figure | null };
const monthOf = (word = ''): number => months.indexOf(word.slice(0, 3).toLowerCase()) + 1;

/** In this order; what one reader takes, no later one sees. */
const readers: readonly Reader[] = [
  {
    find: /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})/gi,
    read: ([raw]) => ({ kind: 'instant', at: Date.parse(raw), raw }),
  },
  {
    find: /\b(\d{4})-(\d{2})-(\d{2})\b/g,
    read: ([raw, year, month, day]) => ({
      kind: 'date',
      day: Number(day),
      month: Number(month),
      year: Number(year),
      raw,
    }),
  },
  {
    find: new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (${monthNames})\b(?:,? (\d{4}))?`, 'gi'),
    read: ([raw, day, month, year]) => ({
      kind: 'date',
      day: Number(day),
      month: monthOf(month),
      year: year ? Number(year) : null,
      raw,
    }),
  },
  {
    find: new RegExp(String.raw`\b(${monthNames}) (\d{1,2})(?:st|nd|rd|th)?\b(?:,? (\d{4}))?`, 'gi'),
    read: ([raw, month, day, year]) => ({
      kind: 'date',
      day: Number(day),
      month: monthOf(month),
      year: year ? Number(year) : null,
      raw,
    }),
  },
  {
    find: /\b(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)/g,
    read: ([raw, day, month, year]) => ({
      kind: 'date',
      day: Number(day),
      month: Number(month),
      year: year ? Number(year) : null,
      raw,
    }),
  },
  {
    find: /\b(mon|tues|wednes|thurs|fri|satur|sun)day\b/gi,
    read: ([raw]) => ({ kind: 'weekday', day: weekdays.indexOf(raw.slice(0, 3).toLowerCase()), raw }),
  },
  {
    find: /\b(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([ap])\.?m\b\.?)?|\b(\d{1,2}) ?([ap])\.?m\b\.?|\b(noon|midnight)\b/gi,
    read: clockFigure,
  },
  {
    find: new RegExp(
      String.raw`(?<![\w.])\d+(?:\.\d+)? ?(?:${durationUnit})\b(?:(?:,? and |,? )?\d+(?:\.\d+)? ?(?:${durationUnit})\b)*`,
      'gi',
    ),
    read: durationFigure,
  },
  {
    find: /\b(?:a |one |(three) )?quarters? of an hour\b/gi,
    read: ([raw, three]) => ({ kind: 'duration', seconds: three ? 2700 : 900, step: 900, raw }),
  },
  {
    find: /\b(?:half an|an|a|one) (week|day|hour|minute|second)\b/gi,
    read: ([raw, unit = '']) => {
      const step = unitSeconds[unit.charAt(0).toLowerCase()] ?? 1;
      return { kind: 'duration', seconds: raw.toLowerCase().startsWith('half') ? step / 2 : step, step, raw };
    },
  },
  {
    find: new RegExp(
      String.raw`\b(${Object.keys(numberWords).join('|')})(?: (week|day|hour|minute|second|min)s?\b)?\b`,
      'gi',
    ),
    read: ([raw, word = '', unit]) => {
      const value = numberWords[word.toLowerCase()] ?? Number.NaN;
      const step = unit ? (unitSeconds[unit.charAt(0).toLowerCase()] ?? 1) : 0;
      return step > 0
        ? { kind: 'duration', seconds: value * step, step, raw }
        : { kind: 'quantity', value, decimals: 0, unit: '', raw };
    },
  },
  {
    // Letters and digits in one word: order, lot, batch, alarm and asset ids.
    find: /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}._/-]*\d)(?=[\p{L}\p{N}._/-]*\p{L})[\p{L}\p{N}]+(?:[._/-][\p{L}\p{N}]+)*/gu,
    read: ([raw]) =>
      attachedUnit.test(raw) ? quantityFigure(raw) : { kind: 'id', id: raw.toLowerCase(), raw },
  },
  {
    find: new RegExp(
      String.raw`(?<![\p{L}\p{N}])[-−]?\d[\d,]*(?:\.\d+)?(?: ?(?:${unitWords})(?![\p{L}\p{N}]))?`,
      'giu',
    ),
    read: ([raw]) => quantityFigure(raw),
  },
];

const attachedUnit = new RegExp(String.raw`^\d+(?:\.\d+)?(?:${unitWords})$`, 'i');

function clockFigure(match: RegExpExecArray): Figure | null {
  const [raw, hour, minute = '0', second, half, bareHour, bareHalf, word] = match;
  if (word) return { kind: 'clock', minute: word.toLowerCase() === 'noon' ? 720 : 0, second: null, raw };
  const pm = (half ?? bareHalf)?.toLowerCase();
  let hours = Number(hour ?? bareHour);
  if (pm === 'p' && hours < 12) hours += 12;
  if (pm === 'a' && hours === 12) hours = 0;
  return {
    kind: 'clock',
    minute: hours * 60 + Number(minute),
    second: second === undefined ? null : Number(second),
    raw,
  };
}

function durationFigure([raw]: RegExpExecArray): Figure {
  let seconds = 0;
  let step = Infinity;
  for (const [, count, unit = 's'] of raw.matchAll(
    new RegExp(String.raw`(\d+(?:\.\d+)?) ?(${durationUnit})\b`, 'gi'),
  )) {
    const one = unitSeconds[unit.charAt(0).toLowerCase()] ?? 1;
    seconds += Number(count) * one;
    step = Math.min(step, one);
  }
  return { kind: 'duration', seconds, step, raw };
}

function quantityFigure(raw: string): Figure {
  const digits = /[-−]?\d[\d,]*(?:\.\d+)?/.exec(raw)?.[0] ?? '';
  const plain = digits.replace('−', '-').replaceAll(',', '');
  const [unit, factor] = units[raw.slice(digits.length).trim().toLowerCase()] ?? ['', 1];
  return {
    kind: 'quantity',
    value: Number(plain) * factor,
    decimals: (plain.split('.')[1] ?? '').length - Math.log10(factor),
    unit,
    raw,
  };
}

/** Every figure of a text. Long digit strings are read as quantities and compared as written. */
export function figuresOf(text: string): Figure[] {
  let left = text;
  const figures: Figure[] = [];
  for (const { find, read } of readers)
    left = left.replace(find, (...args: unknown[]) => {
      const groups = args.slice(
        0,
        args.findIndex((one) => typeof one === 'number'),
      ) as unknown as RegExpExecArray;
      const figure = read(groups);
      if (!figure) return groups[0];
      figures.push(figure);
      return ' '.repeat(1);
    });
  return figures;
}
