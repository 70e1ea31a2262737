/**
 * Words that say nothing about the plant by themselves. A sentence of a model is made of these and of words of the
 * results; any other word (a cause nobody found, an act nobody did, another language) stops it.
 * What some of them do to a meaning (not, possibly, again, nearly) is checked where it matters.
 */
const neutral = new Set(
  (
    'a an the this that these those it its itself they them their there here which who what when where while why how whose ' +
    'is are was were be been being has have had having do does did can could may might would ' +
    'and or but nor so if then than as at by for from in into of on onto off out over to toward towards up with within without about after against before ' +
    'between during since through throughout until till because due owing thanks per via around under above below ' +
    'not no never nothing none neither nobody cannot only also too both either each any some one other others another same still yet again already just ' +
    'more most less least much many very well however therefore thus hence meanwhile afterwards later earlier last ' +
    'likely unlikely probably possibly perhaps maybe presumably possible certainly definitely clearly surely sure certain ' +
    'cause caused causes causing reason reasons root origin result resulted led lead bring brought come came comes go goes went gone get got keep kept ' +
    'begin began begun start started starts end ended ends last lasted lasts happen happened take took ' +
    'measured measure noted written say says said show shows showed shown report reports reported record recorded records see seen according point points know known name named find found mean means tell tells told ' +
    'rule ruled exclude excluded follow follows followed remain remained stay stayed reach reached rise rose fall fell drop dropped be became become ' +
    'account accounts given available missing enough evidence cause data detail details answer time times moment moments minute minutes second seconds hour hours ' +
    'your our gap something ago ' +
    'value values level total alone itself together along overall namely approximately roughly nearly almost exactly back down still ' +
    'against compared usual usually higher lower instead production raised raise normal normally line lines machine machines place part thing things way fact facts source sources pm am oclock half quarter'
  ).split(' '),
);

/** Words that mean the same in a sentence about a stop; each becomes the first of its row. */
const same: readonly (readonly [string, RegExp])[] = [
  [
    'starve',
    /\b(?:left [^.;,]*? without (?:product|supply|material)|starv\w*|without (?:product|supply)|(?:ran|run|running) out of product|lack of product|had no product|received (?:no|nothing))\b/g,
  ],
  ['block', /\b(?:block(?:ed|s|ing)?|could not (?:hand on|discharge))\b/g],
  [
    'rerun',
    /\b(?:r[ua]ns?|running) again\b|\bback up\b|\bresum\w*|\b(?:restarted|started again)\b|\bback (?:in|to) production\b|\bagain running\b/g,
  ],
  [
    'stop',
    /\b(?:stop(?:s|ped|ping|page)?|halt(?:s|ed)?|st(?:and|ands|ood|anding)(?: still)?|standstill|to a stand|down ?time|(?:was|is|been|were) down)\b/g,
  ],
  [
    'out of stock',
    /\b(?:r[au]n out of stock|out of stock|stock ?out|(?:store|stock) (?:ran|run) out(?: of)?|ran out of(?= an? | the | components?| material)|lack of(?= an? | the | components?| material))\b(?: in stock)?/g,
  ],
  ['jam', /\b(?:jam(?:s|med|ming)?|(?:got |was |were )?stuck|clogg?ed(?: up)?)\b/g],
];

export function normalWords(words: string): string {
  let text = words;
  for (const [word, find] of same) text = text.replace(find, word);
  return text;
}

/** `jammed` and `jams` are `jam`: crude, the same on both sides. */
const stem = (word: string): string => {
  const bare = word.replace(/'s$/, '');
  if (bare.length <= 4) return bare.replace(/(?<=\w\w\w)s$/, '');
  return bare.replace(/(?:ings?|ed|es|s|e|ly)$/, '').replace(/(.)\1$/, '$1');
};

const neutralStems = new Set([...neutral].map(stem));
/** For a stem as `stemsOf` gives it. */
export const isNeutral = (stemmed: string): boolean => neutralStems.has(stemmed);

/** The words of a text that are no quotation, as stems. */
export const stemsOf = (text: string): string[] => (text.match(/\p{L}[\p{L}'_]+/gu) ?? []).map(stem);

const denial =
  /\b(?:not|never|no|nothing|none|neither|nobody|nor|cannot|without doubt)\b|n't\b|\bruled out\b|\bexcluded\b/;
/** "No data" states a gap; it denies nothing. */
export const deniesAnything = (words: string): boolean => denialsIn(words) > 0;
/** How often it denies: twice is no denial any more. */
export const denialsIn = (words: string): number =>
  words.replace(/\bno (?:data|values)\b/g, ' ').match(new RegExp(denial.source, 'g'))?.length ?? 0;

/** Quotations of a text, and the text without them. Records quote what people and machines wrote. */
export function apart(text: string): { plain: string; quotes: string[] } {
  const quotes: string[] = [];
  const plain = text.replace(/"([^"]*)"/g, (_, inside: string) => {
    quotes.push(inside);
    return ' ';
  });
  return { plain, quotes };
}
