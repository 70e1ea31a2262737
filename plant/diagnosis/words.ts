import { keeping } from './once.ts';
import { abroad } from './cues/abroad/index.ts';

/**
 * Text of machines and people as it is compared: lower case, no accents, `InfeedJam_02` as words.
 * Umlauts lose their dots and the Polish l its stroke, so patterns are written without them.
 */
export const plainText: (text: string) => string = keeping((text) =>
  text
    .replaceAll('ß', 'ss')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll(/[^\p{L}\p{N}%+<>=]+/gu, ' ')
    .trim(),
);

/** Short forms on panels with eight or sixteen characters to a line. */
const shortForms: Record<string, string> = {
  inf: 'infeed',
  dis: 'discharge',
  outf: 'outfeed',
  blk: 'blocked',
  blkd: 'blocked',
  flt: 'fault',
  drv: 'drive',
  mtr: 'motor',
  ovld: 'overload',
  lvl: 'level',
  lo: 'low',
  hi: 'high',
  matl: 'material',
  mat: 'material',
  tmp: 'temperature',
  tol: 'tolerance',
  wrn: 'warning',
  comm: 'communication',
  com: 'communication',
  rej: 'reject',
  nok: 'not ok',
  prs: 'pressure',
  uv: 'undervoltage',
  rel: 'release',
  pec: 'photocell',
  grp: 'group',
  mc: 'machine',
  rdy: 'ready',
  nrdy: 'not ready',
  tmo: 'timeout',
  tout: 'timeout',
  es: 'e stop',
  estp: 'e stop',
  grd: 'guard',
  opn: 'open',
};

/** Alarm texts with their short forms written out. `es` is left alone in a sentence: it is a word of two languages. */
export function spelledOut(plain: string): string {
  const words = plain.split(' ');
  return words.map((word) => (words.length <= 4 ? (shortForms[word] ?? word) : word)).join(' ');
}

/** Words and numbers of an alarm that is there without telling what is wrong: `Group fault 2`, `E-0616`, `Machine stopped`. */
const emptyWords =
  /\b(alarm\w*|fault|error|general|common|group|machine|line|station|unit|stop\w*|halt|active|not running|held|abort\w*|summary|sammel\w*|stor\w*|gestort|fallo|averia|grupo|maschine|anlage|maquina|parad\w*|defaut|panne|arret\w*|ligne|guasto|anomalia|ferm[oa]|macchina|generale?|avaria|falha|paragem|linha|storing|fout|lijn|gestopt|stilstand|awaria|blad|usterka|zatrzyman\w*|maszyn\w*|lini[aei]\w*|e?\d+|[a-z]\d+|[a-z])\b/g;

export const saysNothing: (plain: string) => boolean = keeping(
  (plain) => plain.replaceAll(emptyWords, ' ').trim().length < 4,
);

const noWords =
  'no|not|without|kein\\w*|nicht|ohne|sin|never|nie|nunca|wasn t|isn t|pas d[e ]|pas|sans|aucune?|senza|nessun\\w*|non|sem|nenhum\\w*|nao|geen|niet|zonder|bez|zad(en|n\\w+)|brak|hors';
const negations = new RegExp(`\\b(${noWords})\\s*(a |the |sign of |more |mas |mehr |se |si |de |d )?$`);

/** Whether a short text denies anything at all. */
export const denied = new RegExp(`\\b(${noWords})(?![\\p{L}])`, 'u');

const readers = new WeakMap<RegExp, (text: string) => boolean>();

/**
 * Finds the first cue in `text` (already plain) that is not negated. A cue is a pattern over plain text;
 * word beginnings suffice: `jam` finds `jammed`.
 */
export function mentions(text: string, cue: RegExp): boolean {
  let reads = readers.get(cue);
  if (!reads) {
    reads = keeping((one) => {
      const found = cue.exec(one);
      return found !== null && !negations.test(one.slice(0, found.index));
    });
    readers.set(cue, reads);
  }
  return reads(text);
}

/** What stands between two words of a cue is no denial: "Fotocellula non sporca" is clean. */
const gap = '( (?!(?:no|not|nicht|pas|non|nao|niet|nie)\\b)\\w+)';

/** A cue from word lists: any of the alternatives, each at the beginning of a word. */
export const cue = (...alternatives: string[]): RegExp =>
  new RegExp(`\\b(?:${alternatives.join('|').replaceAll('( \\w+)', gap)})`);

/** Words that say a machine waits for its neighbour, not that it has a fault of its own. */
export const starvedWords = cue(
  'starv',
  '^lack\\b(?! of)',
  'lack (of )?(infeed|product|bottle|can|container)',
  'no (product|bottle|can|infeed|container|part)s?( at| on| in)? ?(infeed|inlet)?',
  '(waiting for|await\\w*) (product|infeed|upstream|bottle|can|container|part)',
  'infeed (empty|lack|gap|low)',
  'missing (product|bottle|can)',
  'upstream (stop|not|empty)',
  'mangel(?! luft)',
  'produktmangel',
  'einlauf leer',
  'warte\\w* auf (produkt|flasche|dose|vorgang)',
  'falta de (producto|botella|lata|envase)',
  'entrada vacia',
  'esperando producto',
  ...abroad('starved'),
);
export const blockedWords = cue(
  '^(machine |unit )?block(ed|age)?$',
  'blocked (by|at|on)? ?(the )?(downstream|outfeed|discharge|exit)',
  '(waiting for|await\\w*) (outfeed|discharge|downstream|removal|space)',
  'back ?(ed)? ?up\\b',
  'backlog',
  'tailback',
  '(outfeed|discharge|exit|outlet)( conveyor| lane| zone)?( is)? (full|blocked|backed)',
  'downstream (stop|not|full|block)',
  'accumulat\\w* full',
  'stau\\b(?!( \\w+){0,3} einlauf)',
  'ruckstau',
  'auslauf (voll|belegt|stau)',
  'salida (llena|bloqueada)',
  'acumulacion',
  ...abroad('blocked'),
);
