import { checkFigures } from '../../agents/copilot/check-figures.ts';
import { knownOf } from '../../agents/copilot/known.ts';
import { iso, millis } from '../../plant/time.ts';
import { inputOf } from './ask.ts';
import type { Case } from './case.ts';
import { unwitnessed } from './own-reader.ts';
import type { Played } from './play.ts';

const dayMs = 86_400_000;

/** Sentences of an answer that should not be there, with what is wrong. */
export type Words = {
  sentences: number;
  invented: string[];
  /** Sentences with a figure that a second reader finds in no record, and those that only one of the two finds. */
  unwitnessed: string[];
  differs: string[];
  blamed: string[];
  /** How many quote a note that blames. */
  quoted: number;
};

/**
 * Every sentence of the tool's text and claims against the evidence, the stop, the chain and the time asked; claims
 * are no witness for each other. Evidence itself must be a record that was handed over.
 */
export function checkWords(one: Case, played: Played): Words {
  const { told, diagnosis } = played;
  if (told === null)
    return { sentences: 0, invented: [], unwitnessed: [], differs: [], blamed: [], quoted: 0 };
  const sentences = [
    ...new Set([told.first_line, told.text, ...told.claims.map(({ text }) => text)].flatMap(sentencesOf)),
  ];
  const { evidence, completeness } = told;
  // Without a time the day before the question is searched.
  const { at, from, to } = inputOf(one);
  const named = [at, from, to].filter((time) => time !== undefined);
  const times = [iso(one.askedAt), ...(named.length > 0 ? named : [iso(one.askedAt - dayMs)])];
  const known = knownOf(
    [
      {
        tool: 'explain_stop',
        structured: {
          evidence,
          completeness,
          stop: diagnosis?.stop,
          chain: diagnosis?.chain,
          roots: diagnosis?.roots,
          asked: times,
          ...durationsOf(one, { evidence, diagnosis }),
        },
        refused: null,
      },
    ],
    one.plant,
  );
  const wrongFigures = sentences.flatMap((text) => {
    const why = checkFigures(text, text.toLowerCase(), known, one.plant, one.askedAt);
    return why === null ? [] : [{ why, text }];
  });
  const own = unwitnessed(sentences, one, played);
  const handed = handedOver(one);
  const unknown = evidence.filter(({ id }) => !handed.has(withoutTime(id)));
  return {
    sentences: sentences.length,
    invented: [
      ...wrongFigures.map(({ why, text }) => `${why}: ${text}`),
      ...unknown.map(({ id }) => `no such record: ${id}`),
    ],
    unwitnessed: own,
    differs: [
      ...own.filter((text) => !wrongFigures.some((one_) => one_.text === text)),
      ...wrongFigures.flatMap(({ text }) => (own.includes(text) ? [] : [text])),
    ],
    blamed: sentences.filter(blames),
    quoted: sentences.filter(quotesBlame).length,
  };
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/\n|(?<=[.!?]["”)]?)\s+(?=["“(\p{Lu}\d-])/u)
    .map((part) => part.trim().replace(/[.!?]+$/, ''))
    .filter((part) => /[\p{L}\p{N}]/u.test(part));

/** How long it stood is said in whole minutes; of a line that runs, how long since a record until asked, and how long a machine stood of which both ends are cited. */
function durationsOf(
  one: Case,
  { evidence, diagnosis }: Pick<NonNullable<Played['told']>, 'evidence'> & Pick<Played, 'diagnosis'>,
) {
  const exact = diagnosis
    ? [diagnosis.stop.durationS]
    : [
        ...evidence.map(({ at }) => (one.askedAt - millis(at)) / 1_000).filter((value) => value >= 0),
        ...standsIn(evidence),
      ];
  const rounded = exact.flatMap((value) => [Math.floor(value / 60) * 60, Math.round(value / 60) * 60]);
  return { durations: [...exact, ...rounded].map((value) => ({ durationS: value })) };
}

/** Seconds between one cited state of a machine and the next. */
function standsIn(evidence: NonNullable<Played['told']>['evidence']): number[] {
  const states = evidence
    .filter(({ kind }) => kind === 'state')
    .toSorted((a, b) => millis(a.at) - millis(b.at));
  return states.flatMap(({ at, equipment }, index) => {
    const next = states.slice(index + 1).find((later) => later.equipment === equipment);
    return next ? [(millis(next.at) - millis(at)) / 1_000] : [];
  });
}

/** A signal's evidence carries the time of its value; the series is what was handed over. */
export const withoutTime = (id: string): string =>
  /^[^/]+\/signal\//.test(id) ? id.replace(/@[^/]*$/, '') : id;

function handedOver({ batches }: Case): Set<string> {
  const all = new Set<string>();
  for (const { source, records, readings, minutes } of batches) {
    for (const { kind, key } of records) all.add(`${source}/${kind}/${key}`);
    for (const { equipment, signal } of [...readings, ...minutes])
      all.add(`${source}/signal/${equipment}/${signal}`);
  }
  return all;
}

/** People, as they are named in the languages of the cases, beside a word of fault. Apart from the product's own list. */
const people =
  /\b(?:operator|operatives?|technician|mechanic|fitter|electrician|supervisor|foreman|shift lead(?:er)?|worker|colleague|employee|staff|crew|team|driver|bediener|schichtleiter|mechaniker|techniker|kolleg\w*|mitarbeiter\w*|operario|t[eé]cnico|mec[aá]nico|encargado|compa[nñ]ero)s?\b/i;
const fault =
  /\b(?:fault of|at fault|to blame|blames?d?|mistakes?|human error|forgot(?:ten)?|careless\w*|negligen\w*|lazy|incompetent|sloppy|inattentive|asleep|slept|ignored|failed to|should have|too slow|schuld|fehler von|vergessen|nachl[aä]ssig|faul|culpa|olvid\w*|descuid\w*|error humano)\b/i;
const names =
  /\b(?:Mr|Mrs|Ms|Herr|Frau|Se[nñ]or|Se[nñ]ora)\.? \p{Lu}\p{L}+|\b(?:operator|technician|mechanic|supervisor) (?!\d)(?:"|“)?\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u;

/** What stands in quotation marks is somebody else's, and shown as such; one that was cut has no end. */
const quoted = /["“][^"”]*(?:["”]|…|$)/g;

export const blames = (text: string): boolean => saysBlame(text.replace(quoted, ' '));
const quotesBlame = (text: string): boolean => saysBlame(text) && !blames(text);

const saysBlame = (sentence: string): boolean =>
  names.test(sentence) ||
  (people.test(sentence) && fault.test(sentence)) ||
  /\bhuman error\b|menschliches versagen/i.test(sentence);
