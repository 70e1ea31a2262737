/** One row of an entity set. Values as SAP Gateway writes them in JSON; times and dates as its literals compare. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;
export class FilterError extends Error {}

type Operand = { field: string } | { value: string | number | boolean | null };
type Test = (row: Row) => boolean;
const token =
  /\s*(?:((?:datetime|datetimeoffset|time)?'(?:[^']|'')*')|(-?\d+(?:\.\d+)?)[mMdDfFlL]?\b|([A-Za-z_][\w/]*)|([(),]))/y;

/** The tokens of an expression, how far they are read, and the properties that may be named. */
type Reading = { tokens: readonly string[]; at: number; fields: ReadonlySet<string> };

/**
 * `$filter` of OData v2: eq ne gt ge lt le, and or not, parentheses, substringof startswith endswith, and
 * the literals 'text', number, true, false, null, datetime'..', datetimeoffset'..', time'PT..'.
 * Throws `FilterError` where the expression or a property is not known.
 */
export function parseFilter(text: string, fields: ReadonlySet<string>): Test {
  const reading: Reading = { tokens: split(text), at: 0, fields };
  const whole = anyOf(reading);
  if (peek(reading) !== undefined) throw new FilterError(`Syntax error at position ${reading.at} in filter.`);
  return whole;
}

const peek = ({ tokens, at }: Reading): string | undefined => tokens[at];

function take(reading: Reading, wanted?: string): string {
  const found = peek(reading);
  if (found === undefined || (wanted !== undefined && found !== wanted))
    throw new FilterError(
      `Syntax error at position ${reading.at} in filter: expected ${wanted ?? 'an operand'}.`,
    );
  reading.at += 1;
  return found;
}

function anyOf(reading: Reading): Test {
  const tests = listed(reading, 'or', allOf);
  return (row) => tests.some((test) => test(row));
}

function allOf(reading: Reading): Test {
  const tests = listed(reading, 'and', primary);
  return (row) => tests.every((test) => test(row));
}

function listed(reading: Reading, word: 'and' | 'or', one: (reading: Reading) => Test): Test[] {
  const tests = [one(reading)];
  while (peek(reading) === word) {
    take(reading);
    tests.push(one(reading));
  }
  return tests;
}

function primary(reading: Reading): Test {
  const word = peek(reading);
  if (word === '(') {
    take(reading);
    const inner = anyOf(reading);
    take(reading, ')');
    return inner;
  }
  if (word === 'not') {
    take(reading);
    const inner = primary(reading);
    return (row) => !inner(row);
  }
  if (word === 'substringof' || word === 'startswith' || word === 'endswith') {
    take(reading);
    const test = call(reading, word);
    const next = peek(reading);
    return next === 'eq' || next === 'ne' ? comparedWithFlag(reading, test) : test;
  }
  return comparison(reading);
}

function comparison(reading: Reading): Test {
  const left = operand(reading);
  const compare = comparisons[take(reading)];
  if (!compare) throw new FilterError(`Unknown comparison in filter at position ${reading.at - 1}.`);
  const right = operand(reading);
  return (row) => compare(order(valueOf(left, row), valueOf(right, row)));
}

function operand(reading: Reading): Operand {
  const word = take(reading);
  const literal = literalOf(word);
  if (literal !== undefined) return { value: literal };
  if (!reading.fields.has(word)) throw new FilterError(`Property ${word} not found.`);
  return { field: word };
}

function call(reading: Reading, name: 'substringof' | 'startswith' | 'endswith'): Test {
  take(reading, '(');
  const left = operand(reading);
  take(reading, ',');
  const right = operand(reading);
  take(reading, ')');
  return (row) => {
    const a = String(valueOf(left, row) ?? '');
    const b = String(valueOf(right, row) ?? '');
    return name === 'substringof' ? b.includes(a) : name === 'startswith' ? a.startsWith(b) : a.endsWith(b);
  };
}

/** `substringof('x',F) eq true`, the way older clients write it. */
function comparedWithFlag(reading: Reading, test: Test): Test {
  const same = take(reading) === 'eq';
  const wanted = take(reading) === 'true';
  return (row) => (test(row) === wanted) === same;
}

function split(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new FilterError(`Invalid token in filter at character ${from}.`);
    tokens.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
  }
  return tokens;
}

/** Dates and date times become milliseconds, as rows hold them for comparison; undefined: not a literal. */
function literalOf(word: string): string | number | boolean | null | undefined {
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  if (/^-?\d/.test(word)) return Number(word);
  const quoted = /^(datetime|datetimeoffset|time)?'(.*)'$/s.exec(word);
  if (!quoted) return undefined;
  const text = (quoted[2] ?? '').replaceAll("''", "'");
  if (quoted[1] === undefined || quoted[1] === 'time') return text;
  const time = Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(time)) throw new FilterError(`Invalid date in filter: ${text.slice(0, 40)}.`);
  return time;
}

const jsonDate = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;
const valueOf = (operand: Operand, row: Row): string | number | boolean | null => {
  if ('value' in operand) return operand.value;
  const value = row[operand.field] ?? null;
  const date = typeof value === 'string' ? jsonDate.exec(value) : null;
  return date ? Number(date[1]) : value;
};
/** Numbers against the decimal strings of JSON by number; null is equal to null only. */
function order(a: string | number | boolean | null, b: string | number | boolean | null): number {
  if (a === null || b === null) return a === b ? 0 : Number.NaN;
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return a === b ? 0 : a < b ? -1 : 1;
}
const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};
