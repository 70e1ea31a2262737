/** One row of an entity set. Values as SAP Gateway writes them in JSON; times and dates as its literals compare. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;
export class FilterError extends Error {}

type Operand = { field: string } | { value: string | number | boolean | null };
type Test = (row: Row) => boolean;
const token =
  /\s*(?:((?:datetime|datetimeoffset|time)?'(?:[^']|'')*')|(-?\d+(?:\.\d+)?)[mMdDfFlL]?\b|([A-Za-z_][\w/]*)|([(),]))/y;

/**
 * `$filter` of OData v2: eq ne gt ge lt le, and or not, parentheses, substringof startswith endswith, and
 * the literals 'text', number, true, false, null, datetime'..', datetimeoffset'..', time'PT..'.
 * Throws `FilterError` where the expression or a property is not known.
 */
export function parseFilter(text: string, fields: ReadonlySet<string>): Test {
  const tokens = split(text);
  let at = 0;
  const peek = (): string | undefined => tokens[at];
  const take = (wanted?: string): string => {
    const found = tokens[at];
    if (found === undefined || (wanted !== undefined && found !== wanted))
      throw new FilterError(`Syntax error at position ${at} in filter: expected ${wanted ?? 'an operand'}.`);
    at += 1;
    return found;
  };

  const operand = (): Operand => {
    const word = take();
    const literal = literalOf(word);
    if (literal !== undefined) return { value: literal };
    if (!fields.has(word)) throw new FilterError(`Property ${word} not found.`);
    return { field: word };
  };
  const call = (name: string): Test => {
    take('(');
    const left = operand();
    take(',');
    const right = operand();
    take(')');
    return (row) => {
      const a = String(valueOf(left, row) ?? '');
      const b = String(valueOf(right, row) ?? '');
      return name === 'substringof' ? b.includes(a) : name === 'startswith' ? a.startsWith(b) : a.endsWith(b);
    };
  };
  const primary = (): Test => {
    const word = peek();
    if (word === '(') {
      take();
      const inner = any();
      take(')');
      return inner;
    }
    if (word === 'not') {
      take();
      const inner = primary();
      return (row) => !inner(row);
    }
    if (word === 'substringof' || word === 'startswith' || word === 'endswith') {
      take();
      const test = call(word);
      return peek() === 'eq' || peek() === 'ne' ? compared(test) : test;
    }
    const left = operand();
    const compare = comparisons[take()];
    if (!compare) throw new FilterError(`Unknown comparison in filter at position ${at - 1}.`);
    const right = operand();
    return (row) => compare(order(valueOf(left, row), valueOf(right, row)));
  };
  /** `substringof('x',F) eq true`, the way older clients write it. */
  const compared = (test: Test): Test => {
    const same = take() === 'eq';
    const wanted = take() === 'true';
    return (row) => (test(row) === wanted) === same;
  };
  const all = (): Test => {
    const tests = [primary()];
    while (peek() === 'and') {
      take();
      tests.push(primary());
    }
    return (row) => tests.every((test) => test(row));
  };
  const any = (): Test => {
    const tests = [all()];
    while (peek() === 'or') {
      take();
      tests.push(all());
    }
    return (row) => tests.some((test) => test(row));
  };

  const whole = any();
  if (at < tokens.length) throw new FilterError(`Syntax error at position ${at} in filter.`);
  return whole;
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
