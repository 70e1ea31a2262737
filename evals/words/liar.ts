import type { Structured } from '../../mcp-server/result.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { seeded } from '../share.ts';
import type { Case } from '../stops/case.ts';

export const lieKinds = ['figure', 'time', 'name', 'cause', 'denial'] as const;
export type LieKind = (typeof lieKinds)[number];
/** The whole answer with one sentence altered. */
type Told = { text: string; sentence: string };

/** One lie of a kind about an answer, none where the answer has nothing to alter: the same seed tells the same lie. */
export function liesAbout(kind: LieKind, one: Case, told: Structured, seed: number): Told[] {
  const random = seeded(seed * lieKinds.length + lieKinds.indexOf(kind));
  const pick = <One>(all: readonly One[]): One | undefined => all[Math.floor(random() * all.length)];
  const lines = `${told.first_line}\n\n${told.text}`.split('\n');
  const whole = lines.join('\n').toLowerCase();
  // A heading states nothing.
  const altered = lines.flatMap((line, index) =>
    line.endsWith(':')
      ? []
      : alter[kind]({ line, whole, one, told, random, pick }).map((lie) => ({ lie, index })),
  );
  // The same alarm came at another machine too: what another line of the answer says is no lie.
  const said = new Set(lines.map((line) => line.toLowerCase()));
  const chosen = pick(altered.filter(({ lie }) => !said.has(lie.toLowerCase())));
  if (!chosen) return [];
  const text = lines.map((line, index) => (index === chosen.index ? chosen.lie : line)).join('\n');
  return [{ text, sentence: chosen.lie }];
}

type Given = {
  line: string;
  /** The whole answer in small letters. */
  whole: string;
  one: Case;
  told: Structured;
  random: () => number;
  pick: <One>(all: readonly One[]) => One | undefined;
};

/** Every lie of the kind that can be made of a line. What stands between quotation marks is left as it is. */
const alter: Readonly<Record<LieKind, (given: Given) => string[]>> = {
  figure: ({ line, whole, random }) =>
    replaced(line, /(?<![\p{L}\p{N}:.,-])\d[\d,]*(?:\.\d+)?(?![\p{L}\p{N}:.-]|,\d)/gu, (figure) => {
      const decimals = (figure.split('.')[1] ?? '').length;
      const value = Number(figure.replaceAll(',', '')) * (1.3 + random()) + 2;
      const other = value.toFixed(decimals);
      return whole.includes(other) ? null : other;
    }),
  time: ({ line, whole, random }) =>
    replaced(line, /\b\d\d:\d\d\b/g, (clock) => {
      const [hour = 0, minute = 0] = clock.split(':').map(Number);
      const later = (hour * 60 + minute + 3 + Math.floor(random() * 90)) % 1_440;
      const other = `${String(Math.floor(later / 60)).padStart(2, '0')}:${String(later % 60).padStart(2, '0')}`;
      return whole.includes(other) ? null : other;
    }),
  name: ({ line, one, told, pick }) => {
    const machines =
      one.plant.lines.find(({ id }) => id === (told.line as string | undefined))?.machines ?? [];
    return machines.flatMap(({ name }) =>
      replaced(line, wordOf(name), () => {
        const other = pick(machines.filter((machine) => !machine.name.includes(name)));
        return other ? other.name.toLowerCase() : null;
      }),
    );
  },
  cause: ({ line, told, pick }) => {
    const found = told.diagnosis as Diagnosis | null | undefined;
    if (!found || line !== told.first_line) return [];
    const other = pick(Object.keys(otherCauses).filter((cause) => cause !== found.cause));
    const words = other === undefined ? '' : (otherCauses[other] ?? '');
    return found.abstained
      ? [line.replace(/Not enough evidence[^.]*\./, `It stopped because ${words}.`)]
      : [line.replace(/because [^;]+/, `because ${words}`)];
  },
  denial: ({ line }) => denials.flatMap(([find, told]) => replaced(line, find, () => told)),
};

/** What a line can stop for, without a machine's name. */
const otherCauses: Readonly<Record<string, string>> = {
  infeed_jam: 'product jammed at its infeed',
  drive_trip: 'a drive tripped',
  consumable_empty: 'a consumable ran out',
  component_stockout: 'a component of the order ran out of stock',
  compressed_air_low: 'the compressed air pressure fell too low',
  no_operator: 'no operator was there',
  quality_hold: 'quality put it on hold',
  power_dip: 'the power supply dipped',
  changeover_overrun: 'the changeover took longer than planned',
  dispatch_full: 'dispatch was full',
};

const denials: readonly (readonly [RegExp, string])[] = [
  [/\bstopped at\b/g, 'did not stop at'],
  [/\bstopped yesterday\b/g, 'did not stop yesterday'],
  [/\bruns again\b/g, 'does not run again'],
  [/\bhas run again\b/g, 'has not run again'],
  [/\bleft the\b/g, 'did not leave the'],
  [/\bnobody reported this\b/g, 'this was reported'],
  [/\bNot enough evidence\b/g, 'Enough evidence'],
  [/\bno sign\b/g, 'a sign'],
  [/\bwas\b/g, 'was not'],
  [/\bis\b/g, 'is not'],
  [/\bwaits\b/g, 'does not wait'],
  [/\bshow\b/g, 'do not show'],
];

const wordOf = (name: string): RegExp =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\p{L}\p{N}])`,
    'giu',
  );

/** The line once per place where it can be altered. */
function replaced(line: string, find: RegExp, by: (said: string) => string | null): string[] {
  const quoted = [...line.matchAll(/"[^"]*"?/g)].map((quote) => [quote.index, quote.index + quote[0].length]);
  return [...line.matchAll(find)].flatMap(({ 0: said, index }) => {
    if (quoted.some(([from = 0, to = 0]) => index >= from && index < to)) return [];
    const other = by(said);
    return other === null ? [] : [line.slice(0, index) + other + line.slice(index + said.length)];
  });
}
