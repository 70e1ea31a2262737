import type { RecordOf } from '../../record.ts';
import { cue, plainText } from '../words.ts';

type Activity = RecordOf<'calendar'>['activity'];

/** "Un-planned", "on-gepland", "nie planowana" are the opposite. */
const notUn = '(?<!(un|on|nie|not|non|no|nao|niet|nicht) )';

/** Over plain text, each at the beginning of a word. */
const mesWords: readonly [Activity, RegExp][] = [
  [
    'changeover',
    cue(
      'change ?over',
      'set ?up',
      '(um|ein|auf|ab)?r(u|ue)st(en|ung|zeit|vorgang)?\\b',
      '\\w*(format|produkt|werkzeug|sorten|artikel|product|formaat)wissel',
      '\\w*(format|produkt|werkzeug|sorten|artikel)wechsel',
      'camb(io|iamento) (de |di )?(formato|producto|prodotto|lote|lotto|utillaje)',
      'changement (de )?(format|serie|produit|lot|outil|campagne)',
      '(mudanca|troca) de (formato|produto|referencia|molde)',
      'ombouw',
      'omstel',
      'przezbr',
      'zmiana (formatu|produktu)',
    ),
  ],
  [
    'cleaning',
    cue(
      '(cip|nep)\\b',
      '(pre|re|post)?clean',
      'sanit(i[sz]|ation|ari[sz])',
      '\\w*reinig',
      'limpieza',
      '(pre)?lavado',
      'nettoy',
      'lavage',
      'desinf',
      'pulizia',
      'lavaggio',
      'limpeza',
      'lavagem',
      'higieniz',
      'schoonma',
      'myci',
      'czyszcz',
    ),
  ],
  [
    'break',
    cue(
      // A web, a film or a wire breaks as well.
      '(?<!(web|film|foil|paper|wire|belt|chain|thread|yarn|strand|glass|cable|tape|strip|reel|sheet|circuit) )break\\b(?! ?(down|er|age|in|at))',
      'lunch',
      'meals?\\b',
      // A program and a machine are paused, too: only the word alone, or with those who rest.
      '^(pause|pausa|pauze|przerwa)( (breve|court|kurz)\\w*| \\d+| min\\w*)*$',
      '\\w*(mittag|fruhstuck|kaffee|essen|schicht|vesper|abend|brotzeit)s?pause',
      '(lunch|koffie|middag|eet|schaft|thee)pauze',
      '(schicht|scheduled|planned|geplante) pause',
      'pause (dejeuner|repas|cafe|equipe|legale|planifiee|midi|casse)',
      'pausa (pranzo|caffe|mensa|cafe|comida|almoco|almuerzo|bocadillo|programada|legal|refeicao|lanche)',
      '(personeel|ploeg|operator) (in|op) pauze',
      'descanso',
      'repas\\b',
      'mensa\\b',
      'almoco',
      'refeicao',
      'przerwa (sniadan|obiad|na |dla )',
      'posilek',
    ),
  ],
  [
    'planned_maintenance',
    cue(
      `${notUn}planned maint`,
      `${notUn}scheduled maint`,
      'prevent(iv|at)\\w* (maint|manten|manut|wart|onderh|instand|service)',
      'preventi(f|ef)\\w* onderhoud',
      '(maintenance|mantenimiento|manutenzione|manutencao|wartung|onderhoud|konserwacja|instandhaltung)( \\w+)? (prevent|prewenc)',
      `${notUn}(geplante|planmassige) (wartung|instandhaltung)`,
      '(manten|manuten|maintenance|onderhoud)\\w* (program|planif|planeada|gepland)',
      `${notUn}gepland onderhoud`,
      `${notUn}planow\\w* (konserw|przegl|utrzym)`,
    ),
  ],
  [
    'no_shift',
    cue(
      'no shift',
      'not scheduled',
      'unscheduled time',
      'keine schicht',
      '(sin|sem|nessun|fuori) turno',
      'hors (poste|equipe)',
      'geen (dienst|ploeg)',
      'brak zmiany',
    ),
  ],
  [
    'meeting',
    cue(
      'meeting',
      'training\\b',
      '\\w*besprechung',
      '\\w*schulung',
      'reunion',
      'riunione',
      'reuniao',
      'formacion\\b',
      'formazione\\b',
      'vergadering',
      'werkoverleg',
      'zebranie',
      'szkoleni',
    ),
  ],
];

/** What an entry of the MES calls a planned stand; undefined: none. */
export const plannedBy = (text: string): Activity | undefined =>
  mesWords.find(([, pattern]) => pattern.test(plainText(text)))?.[0];
