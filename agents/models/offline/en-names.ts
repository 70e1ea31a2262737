import type { Plant } from '../../../plant/equipment.ts';
import { allNamed, matches, plainWords, type Named } from '../../../plant/names.ts';

/** Equipment that a question names. `rest`: the question's words without the names. */
export type NamedEquipment = {
  lines: readonly string[];
  /** Everything else that was named; several where the name is on several lines. */
  things: readonly (readonly Named[])[];
  /** Words that look like a name and are none: "line 9". */
  unknown: readonly string[];
  all: boolean;
  rest: string;
};

/** Words of questions that are a typo away from a machine's name, or part of many names: never taken for one alone. */
const notNames = new Set(
  (
    'line lines machine machines plant server system systems air water filled filling packed packing sealed ' +
    'sealing tested testing formed former rinsed capped capping labelled labeled labelling loaded supply material ' +
    'materials order orders stop stops stopped status power other others alarm long last late later test tests ' +
    'paced package packet dealer seams teams cover base label labels compressed chilled feeder fill pack packs case'
  ).split(' '),
);

/** Misspelt "line 3": the number is what names it. */
const lineWord = String.raw`\b(?:lin|lne|lien|lime|linr|linw|linee|llne|ilne|lione|lline|ln|l|line|lines)`;
const spacedNumber = new RegExp(String.raw`${lineWord}[\s#._-]*(?:no\.?|nr\.?|number)?\s*(\d+)\b`, 'g');
/** What a number counts: "3 or more minutes", "2, 3 or 5 stops", "3 and a half hours" name no line. */
const counted = String.raw`(?:(?:\s*(?:,|and|or|to|-)\s*\d+(?:[.,]\d+)?)*\s*(?:%|(?:percent|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|weeks?|shifts?|times|stops|units|pieces|bottles|cans|cases|pallets)\b)|\s*(?:and|or) (?:more|less|fewer|so|longer|shorter|over|above|under|below|a half|half|several|up)\b)`;
const moreNumbers = new RegExp(
  String.raw`\bline (\d+)((?:\s*(?:,|and|&|or|\+)\s*\d+)+)\b(?![:.]\d)(?!${counted})`,
  'g',
);
const wholePlant =
  /\b(?:all|every|each|any|which|whole|entire|other) (?:of )?(?:the |our )?(?:lines?|machines?|plant|factory|site|floor)\b|\b(?:the|our|this) (?:plant|factory|site|floor|shop floor)\b|\beverywhere\b|\bplant-?wide\b|\boverall\b|\b(?:the|our|how are|are) lines\b(?! ?\d)/;

/** After a number alone that names a line: nothing, or what a line does; "3 minutes" is a quantity. */
const afterNumber = String.raw`(?=$|\s*[,;?!]|\.(?= |$)| (?:keep\w*|stop(?:ped|ping)?|stand\w*|stood|run\w*|ran|is|was|has|had|does|did|will|won'?t|dead|down|up|jam\w*|trip\w*|fail\w*|frozen|before|after|since|this|today|yesterday|now|again|please|finish\w*|and|or|why|because)\b)`;
const bareNumber = [
  new RegExp(
    String.raw`\b(on|about|of|for) (?:number |no\.? |nr\.? )?(\d{1,2})(?!${counted})${afterNumber}`,
    'g',
  ),
  new RegExp(
    String.raw`(^|(?:^| )(?:and|why|is|was|has|had|does|did|if) )(\d{1,2})(?=\s(?:keep\w*|stop(?:ped|ping)?|stand\w*|stood|run\w*|ran|is|was|has|had|does|did|won'?t|dead|down|up|jam\w*|trip\w*)\b)`,
    'g',
  ),
];

/** "What runs on 3", "3 keeps stopping": where no line is named, the number of one that is there means it. */
function bareNumbers(text: string, plant: Plant): string {
  if (/\bline \d/.test(text)) return text;
  const known = new Set(plant.lines.map(({ name }) => /\d+$/.exec(name)?.[0]));
  return bareNumber.reduce(
    (left, find) =>
      left.replace(find, (all, before: string, number: string) =>
        known.has(number) ? `${before}${/\w$/.test(before) ? ' ' : ''}line ${number}` : all,
      ),
    text,
  );
}

/** Finds lines, machines, utilities and systems by their names and aliases, longest name first. `text` is lower case. */
export function readNames(text: string, plant: Plant): NamedEquipment {
  const all = wholePlant.test(text);
  const spelled = bareNumbers(text.replace(spacedNumber, 'line $1'), plant).replace(
    moreNumbers,
    (_, first: string, more: string) =>
      [first, ...(more.match(/\d+/g) ?? [])].map((number) => `line ${number}`).join(' '),
  );
  const words = plainWords(spelled.replace(/'s\b/g, ''));
  const found: Named[][] = [];
  const unknown: string[] = [];
  const kept: string[] = [];
  for (let at = 0; at < words.length;) {
    const taken = longestName(words, at, plant);
    if (taken) {
      found.push(taken.things);
      at += taken.words;
      continue;
    }
    if (words[at] === 'line' && /^\d+$/.test(words[at + 1] ?? '')) {
      unknown.push(`line ${words[at + 1]}`);
      at += 2;
      continue;
    }
    kept.push(words[at] ?? '');
    at += 1;
  }
  const lines = found.flatMap((things) =>
    things.length === 1 && things[0]?.kind === 'line' ? [things[0].id] : [],
  );
  const things = found.filter((some) => some[0]?.kind !== 'line');
  return {
    lines: [...new Set(lines)],
    things,
    unknown,
    all: all && lines.length === 0,
    rest: kept.join(' '),
  };
}

function longestName(
  words: readonly string[],
  at: number,
  plant: Plant,
): { things: Named[]; words: number } | null {
  const longest = Math.min(longestNameOf(plant), words.length - at);
  for (let count = longest; count >= 1; count -= 1) {
    const window = words.slice(at, at + count);
    const numbered = count === 2 && window.includes('line') && window.some((word) => /^\d+$/.test(word));
    if (!numbered && window.every((word) => /^\d+$/.test(word) || notNames.has(word))) {
      if (!isWholeName(window.join(' '), plant)) continue;
    }
    if (count === 1 && (window[0]?.length ?? 0) < 3 && !isWholeName(window[0] ?? '', plant)) continue;
    // A window with words around the name would only fit by a typo; the name itself is found by a shorter window.
    if (count > 1 && (questionWords.has(window[0] ?? '') || questionWords.has(window.at(-1) ?? ''))) continue;
    const things = matches(plant, window.join(' ')).filter(
      ({ kind }) => !isPortal(kind) || /suppl|dispatch/.test(window.join(' ')),
    );
    const lines = things.filter(({ kind }) => kind === 'line');
    if (lines.length === 1 && lines[0]) return { things: [lines[0]], words: count };
    if (lines.length === 0 && things.length > 0) return { things, words: count };
  }
  return null;
}

const isPortal = (kind: Named['kind']): boolean => kind === 'supply' || kind === 'dispatch';

const questionWords = new Set(
  (
    'why did does do is was are were has have had what which when where how who and or but to from with it that this ' +
    'there stop stops stopped stand down up running run me my we us be been since about again now still not show tell ' +
    'give long often many much status speed torque temperature pressure killed'
  ).split(' '),
);

type Sizes = { longest: number; whole: ReadonlySet<string> };
const sizes = new WeakMap<Plant, Sizes>();

function sizesOf(plant: Plant): Sizes {
  let size = sizes.get(plant);
  if (!size) {
    const names = allNamed(plant).flatMap(({ name, aliases, id }) => [
      name,
      ...aliases,
      id.slice(id.lastIndexOf('.') + 1),
    ]);
    const keys = names.map((name) => plainWords(name).join(' ')).filter((key) => !/^\d+$/.test(key));
    const longestKey = Math.max(...keys.map((key) => key.split(' ').length));
    // A machine's name with its line's: "capper of line 3".
    size = { longest: Math.min(longestKey + 2, 6), whole: new Set(keys) };
    sizes.set(plant, size);
  }
  return size;
}
const longestNameOf = (plant: Plant): number => sizesOf(plant).longest;
const isWholeName = (words: string, plant: Plant): boolean => sizesOf(plant).whole.has(words);
