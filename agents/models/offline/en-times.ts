import type { Plant } from '../../../plant/equipment.ts';
import { iso, type Millis } from '../../../plant/time.ts';
import { dayStart, instantOf, shiftsBefore, wallTime, weekday } from './zone.ts';

/** Times that a question names. `rest`: the question without them. `now`: it says "now" or the like. */
export type NamedTimes = {
  from: string | null;
  to: string | null;
  at: string | null;
  now: boolean;
  future: boolean;
  rest: string;
};

type Found = { from?: Millis; to?: Millis; at?: Millis; now?: boolean; future?: boolean };
type Day = { from: Millis; to: Millis; named: boolean };
type Rule = { find: RegExp; read(match: RegExpExecArray, when: When): Found | null };
type When = { plant: Plant; now: Millis; day: Day };

const hourMs = 3_600_000;
const unitMs: Record<string, Millis> = {
  s: 1000,
  m: 60_000,
  h: hourMs,
  d: 24 * hourMs,
  w: 7 * 24 * hourMs,
};
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

const amount = String.raw`(\d+(?:\.\d+)?|a|an|the|half an?|a couple of|couple of|a few|few)`;
const unit = String.raw`(seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?)`;
const clock = String.raw`(half past \d{1,2}|quarter past \d{1,2}|quarter to \d{1,2}|noon|midday|midnight|\d{1,2}(?:[:.h]\d{2})?(?: ?[ap]\.?m\b\.?)?|\d{4}(?= ?(?:hours|hrs|h)?\b))`;
const weekdayFull = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
// Short forms only after a word that leads to a day: a line that "sat idle" names no day.
const weekdayWord = String.raw`(?:(?:on|last|this past|this|since) (${weekdayFull}|mon|tues?|weds?|thurs?|thu|fri|sat|sun)|(${weekdayFull}))s?`;
const monthWord =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

const amountOf = (text: string): number =>
  text.startsWith('half') ? 0.5 : /couple/.test(text) ? 2 : /few/.test(text) ? 3 : Number(text) || 1;
const spanOf = (count: string, name: string): Millis => amountOf(count) * (unitMs[name.charAt(0)] ?? hourMs);

/** Hour and minute that words mean. `loose`: 1 to 12 without am or pm, so that both halves of the day are possible. */
function clockOf(words: string): { hour: number; minute: number; loose: boolean } | null {
  const text = words.trim();
  if (/noon|midday/.test(text)) return { hour: 12, minute: 0, loose: false };
  if (text === 'midnight') return { hour: 0, minute: 0, loose: false };
  const said = /^(half past|quarter past|quarter to) (\d{1,2})$/.exec(text);
  if (said) {
    const hour = Number(said[2]) - (said[1] === 'quarter to' ? 1 : 0);
    const minute = said[1] === 'half past' ? 30 : said[1] === 'quarter past' ? 15 : 45;
    return hour > 23 ? null : { hour, minute, loose: hour <= 12 };
  }
  const digits = /^(\d{1,2})(?:[:.h]?(\d{2}))? ?([ap])?/.exec(text);
  if (!digits) return null;
  const half = digits[3];
  let hour = Number(digits[1]);
  const minute = Number(digits[2] ?? 0);
  if (hour > 23 || minute > 59 || (half && hour > 12)) return null;
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  return { hour, minute, loose: !half && hour >= 1 && hour <= 11 && !/^0\d|:/.test(text) };
}

/** The instant of a clock time on the named day; without a day the last one that has passed. */
function momentOf(words: string, { plant, now, day }: When, after?: Millis): Millis | null {
  const read = clockOf(words);
  if (!read) return null;
  const on = (start: Millis, hour: number) =>
    instantOf({ ...wallTime(start, plant.timezone), hour, minute: read.minute }, plant.timezone);
  const hours = read.loose ? [read.hour, read.hour + 12] : [read.hour];
  if (after !== undefined) {
    const later = hours.map((hour) => on(after, hour)).find((at) => at > after);
    return later ?? on(after + 24 * hourMs, read.hour);
  }
  if (day.named) {
    const passed = hours.map((hour) => on(day.from, hour)).filter((at) => at <= now);
    // Of "at 7" and "at 2" on another day the half in which most people work: 06:00 to 18:00.
    return passed.find((at) => inWorkingHours(at, plant)) ?? passed[0] ?? on(day.from, read.hour);
  }
  const yesterday = dayStart(now, plant.timezone, -1);
  const candidates = [yesterday, day.from].flatMap((start) => hours.map((hour) => on(start, hour)));
  return candidates.filter((at) => at <= now).at(-1) ?? null;
}

/** The next time the clock shows this; null: no time of day. */
export function nextMoment(words: string, plant: Plant, now: Millis): Millis | null {
  const read = clockOf(words);
  if (!read) return null;
  const wall = wallTime(dayStart(now, plant.timezone), plant.timezone);
  const times = [0, 1].flatMap((days) =>
    (read.loose ? [read.hour, read.hour + 12] : [read.hour]).map((hour) =>
      instantOf({ ...wall, day: wall.day + days, hour, minute: read.minute }, plant.timezone),
    ),
  );
  return times.toSorted((a, b) => a - b).find((at) => at > now) ?? null;
}

function inWorkingHours(at: Millis, plant: Plant): boolean {
  const { hour } = wallTime(at, plant.timezone);
  return hour >= 6 && hour < 18;
}

function shiftNamed(words: string, { plant, now, day }: When): Found | null {
  const spans = shiftsBefore(plant, now, 8);
  const current = spans.findLast(({ from, to }) => from <= now && now < to);
  if (/this|current|the shift start|shift start|start of|beginning|our/.test(words)) {
    const shift = current ?? spans.at(-1);
    return shift ? { from: shift.from, to: Math.min(shift.to, now) } : null;
  }
  const named = plant.shifts.find(({ id, name }) =>
    [id, name.toLowerCase(), name.toLowerCase().replace(/ shift$/, '')].some((key) =>
      words.includes(` ${key} `),
    ),
  );
  const over = spans.filter(({ from, to }) =>
    day.named ? from >= day.from && from < day.to : to <= now || named !== undefined,
  );
  const shift = over.findLast(({ id }) => !named || id === named.id);
  return shift ? { from: shift.from, to: Math.min(shift.to, now) } : null;
}

/** Parts of the day by the plant's clock, hours from the day's midnight. A night begins the evening before its morning. */
const dayParts: Record<string, readonly [number, number]> = {
  morning: [6, 12],
  afternoon: [12, 18],
  evening: [18, 24],
  night: [22, 30],
};

function partOfDay(part: string, start: Millis, { plant, now }: When): Found {
  const [first, last] = dayParts[part] ?? [0, 24];
  const wall = wallTime(start, plant.timezone);
  const at = (hour: number) => instantOf({ ...wall, hour, minute: 0 }, plant.timezone);
  // "This morning" asked at 05:30 is the time since midnight.
  const from = at(first) > now ? at(0) : at(first);
  return { from, to: Math.min(at(last), now) };
}

const dayRules: readonly Rule[] = [
  {
    find: /\b(?:the )?day before yesterday\b/,
    read: (_, { plant, now }) => wholeDay(dayStart(now, plant.timezone, -2), plant),
  },
  {
    find: /\byesterday(?:'s|s)?\b/,
    read: (_, { plant, now }) => wholeDay(dayStart(now, plant.timezone, -1), plant),
  },
  {
    find: /\btoday(?:'s|s)?\b|\bso far today\b/,
    read: (_, { plant, now }) => wholeDay(dayStart(now, plant.timezone), plant),
  },
  {
    find: new RegExp(String.raw`\b${weekdayWord}\b(?!')`),
    read: (match, { plant, now }) => {
      const asked = weekdays.indexOf((match[1] ?? match[2] ?? '').slice(0, 3));
      const back = (weekday(now, plant.timezone) - asked + 7) % 7;
      const days = back === 0 && /last/.test(match[0]) ? 7 : back;
      const day = wholeDay(dayStart(now, plant.timezone, -days), plant);
      return /since/.test(match[0]) ? { ...day, to: now } : day;
    },
  },
  {
    find: /\b(?:on )?(\d{4})-(\d{2})-(\d{2})\b/,
    read: (match, { plant }) => dated(Number(match[3]), Number(match[2]), Number(match[1]), plant),
  },
  {
    find: /(?<!\b(?:at|around|after|since|before|until|from) )\b(?:on )?(\d{1,2})\.(\d{1,2})(?:\.(\d{4})?(?![\d:])|$)/,
    read: (match, when) => pastDate(Number(match[1]), Number(match[2]), match[3], when),
  },
  {
    find: new RegExp(String.raw`\b(?:on )?(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ${monthWord}\b`),
    read: (match, when) =>
      pastDate(Number(match[1]), months.indexOf((match[2] ?? '').slice(0, 3)) + 1, undefined, when),
  },
  {
    find: new RegExp(String.raw`\b(?:on )?${monthWord} (\d{1,2})(?:st|nd|rd|th)?\b`),
    read: (match, when) =>
      pastDate(Number(match[2]), months.indexOf((match[1] ?? '').slice(0, 3)) + 1, undefined, when),
  },
];

function wholeDay(start: Millis, plant: Plant): Found {
  return { from: start, to: dayStart(start + 12 * hourMs, plant.timezone, 1) };
}

function dated(day: number, month: number, year: number, plant: Plant): Found | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return wholeDay(instantOf({ year, month, day, hour: 0, minute: 0 }, plant.timezone), plant);
}

/** A date without a year is the last such one. */
function pastDate(day: number, month: number, year: string | undefined, { plant, now }: When): Found | null {
  const thisYear = wallTime(now, plant.timezone).year;
  const found = dated(day, month, year ? Number(year) : thisYear, plant);
  return !year && found?.from !== undefined && found.from > now
    ? dated(day, month, thisYear - 1, plant)
    : found;
}

/** What goes on until now, and what is a piece of a day. Tried in this order; the first that fits is taken. */
const spanRules: readonly Rule[] = [
  { find: /\btomorrow\b|\bnext (?:shift|week|hour|month)\b/, read: () => ({ future: true }) },
  {
    find: new RegExp(
      String.raw`\b(?:in |over |during |for |within )?(?:the )?(?:last|past|previous) ${amount} ?${unit}\b`,
    ),
    read: (match, { now }) => ({ from: now - spanOf(match[1] ?? '', match[2] ?? ''), to: now }),
  },
  {
    find: new RegExp(
      String.raw`\b(?:in |over |during |within )?the (?:last|past) ${unit}\b|\b(?:last|past) hour\b`,
    ),
    read: (match, { now }) => ({ from: now - spanOf('1', match[1] ?? 'h'), to: now }),
  },
  {
    find: new RegExp(String.raw`\b(?:about |around )?${amount} ?${unit} ago\b`),
    read: (match, { now }) => ({ at: now - spanOf(match[1] ?? '', match[2] ?? '') }),
  },
  {
    find: /\b(?:so far )?(?:since |from )?(?:the )?(?:shift start(?:ed)?|start of (?:the |this |our )?shift|beginning of (?:the |this |our )?shift|(?:this|the current|our|current) shift(?: (?:started|began))?)(?: so far)?\b/,
    read: (match, when) => shiftNamed(match[0], when),
  },
  {
    find: /\b(?:in |on |during )?(?:the )?(?:last|previous|early|late|night|morning|day) shift(?:'s)?\b|\bthe shift before\b/,
    read: (match, when) => shiftNamed(` ${match[0]} `, when),
  },
  {
    find: /\b(?:last night|overnight|over night|during the night)\b/,
    read: (_, when) => partOfDay('night', dayStart(when.now, when.plant.timezone, -1), when),
  },
  { find: /\b(?:this|in the|during the) (morning|afternoon|evening)\b/, read: readPart },
  { find: /\btonight\b/, read: (_, when) => partOfDay('evening', when.day.from, when) },
  {
    find: /\bthis week\b/,
    read: (_, { plant, now }) => ({
      from: dayStart(now, plant.timezone, -((weekday(now, plant.timezone) + 6) % 7)),
      to: now,
    }),
  },
  {
    find: /\blast week\b/,
    read: (_, { plant, now }) => {
      const monday = -((weekday(now, plant.timezone) + 6) % 7);
      return {
        from: dayStart(now, plant.timezone, monday - 7),
        to: dayStart(now, plant.timezone, monday),
      };
    },
  },
  {
    find: new RegExp(String.raw`\b(?:between|from) ${clock} (?:and|to|till|until|-) ${clock}`),
    read: readBetween,
  },
  { find: /\b(\d{1,2}:\d{2}) ?(?:-|–|to) ?(\d{1,2}:\d{2})\b/, read: readBetween },
  {
    find: new RegExp(String.raw`\b(?:since|after) ${clock}(?![\d:])`),
    read: (match, when) => {
      const from = momentOf(match[1] ?? '', when);
      return from === null ? null : { from, to: when.day.named ? Math.min(when.day.to, when.now) : when.now };
    },
  },
  {
    find: new RegExp(String.raw`\b(?:before|until|till) ${clock}(?![\d:])`),
    read: (match, when) => {
      const to = momentOf(match[1] ?? '', when);
      return to === null ? null : { from: dayStart(to - 1, when.plant.timezone), to };
    },
  },
  {
    find: new RegExp(
      String.raw`\b(?:at|around|about|by|near|approx\.?|@) ?(?:about |around )?${clock}(?: ?o'?clock)?(?![\d:])`,
    ),
    read: readAt,
  },
  {
    find: /\b(\d{1,2}(?::\d{2}) ?(?:[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?|\d{1,2}(?= ?o'?clock))(?: ?o'?clock)?/,
    read: readAt,
  },
  {
    find: /\b(?:right now|now|at the moment|currently|just now|at present|presently)\b/,
    read: () => ({ now: true }),
  },
];

function readPart(match: RegExpExecArray, when: When): Found {
  return partOfDay(match[1] ?? '', when.day.from, when);
}

function readAt(match: RegExpExecArray, when: When): Found | null {
  const at = momentOf(match[1] ?? '', when);
  if (at === null) return null;
  return at > when.now ? { future: true } : { at };
}

function readBetween(match: RegExpExecArray, when: When): Found | null {
  const [, first = '', second = ''] = match;
  // "between 1 and 3 pm": the half of the day stands only at the end, and means both unless the order says otherwise.
  const half = /[ap]\.?m/.exec(second)?.[0];
  const firstHour = Number.parseInt(first, 10);
  const shared =
    half && !/[ap]\.?m/.test(first) && firstHour < Number.parseInt(second, 10) ? `${first} ${half}` : first;
  const from = momentOf(shared, when);
  const to = from === null ? null : momentOf(second, when, from);
  return from === null || to === null ? null : { from, to: Math.min(to, when.now) };
}

/** `yesterday morning`, `monday night`: a part of the day that was just named. */
const partAfterDay = /^\s*(?:in the )?(morning|afternoon|evening|night)\b/;

/** Finds the times of an English question and resolves them in the plant's zone. `text` is lower case. */
export function readTimes(text: string, plant: Plant, now: Millis): NamedTimes {
  let rest = withDigits(text);
  const today = dayStart(now, plant.timezone);
  let day: Day = { from: today, to: dayStart(today + 12 * hourMs, plant.timezone, 1), named: false };
  let found: Found = {};
  for (const rule of dayRules) {
    const match = rule.find.exec(rest);
    const read = match && rule.read(match, { plant, now, day });
    if (!match || read?.from === undefined || read.to === undefined) continue;
    const after = rest.slice(match.index + match[0].length);
    const part = partAfterDay.exec(after);
    day = { from: read.from, to: read.to, named: true };
    found = { from: read.from, to: Math.min(read.to, now) };
    if (read.from > now) found = { future: true };
    else if (part) found = partOfDay(part[1] ?? '', read.from, { plant, now, day });
    rest = `${rest.slice(0, match.index)} ${part ? after.slice(part[0].length) : after}`;
    break;
  }
  for (const rule of spanRules) {
    const match = rule.find.exec(rest);
    const read = match && rule.read(match, { plant, now, day });
    if (!match || !read) continue;
    found = read.now && day.named ? found : read;
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
    break;
  }
  const said = (at: Millis | undefined) => (at === undefined ? null : iso(at));
  return {
    from: said(found.from),
    to: said(found.to),
    at: said(found.at),
    now: found.now ?? false,
    future: found.future ?? false,
    rest: rest.replace(/\s+/g, ' ').trim(),
  };
}

/** "two hours ago", "at three": numbers as digits, but not where they may be part of a name, such as "line two". */
function withDigits(text: string): string {
  return text
    .replace(
      new RegExp(
        String.raw`\b(at|past|last|to|and|between|from|since|after|before|around|about) (${numbers.join('|')})\b`,
        'g',
      ),
      (all, lead: string, word: string) =>
        lead === 'and' && /\bline\b/.test(text) ? all : `${lead} ${numbers.indexOf(word)}`,
    )
    .replace(new RegExp(String.raw`\b(${numbers.join('|')})(?= (?:${unit.slice(1, -1)})\b)`, 'g'), (word) =>
      String(numbers.indexOf(word)),
    );
}
