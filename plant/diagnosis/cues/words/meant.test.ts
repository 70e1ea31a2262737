import { expect, test } from 'vitest';
import { looksOf } from '../../looks.ts';
import { mentions, plainText, saysNothing, spelledOut } from '../../words.ts';
import {
  air,
  blocked,
  cold,
  comms,
  control,
  cooling,
  dispatch,
  drive,
  empty,
  hold,
  hot,
  jam,
  leak,
  mechanic,
  mismatch,
  nobody,
  power,
  safety,
  sensor,
  server,
  shortage,
  starved,
  upstream,
} from '../concepts.ts';

const read = (text: string): string => spelledOut(plainText(text));

/** French, Italian, Portuguese, Dutch, Polish: one alarm of each as a panel there may show it. */
const alarms: readonly (readonly [string, RegExp, readonly string[]])[] = [
  [
    'jam',
    jam,
    [
      "Bourrage étui à l'entrée",
      'Inceppamento stella ingresso',
      'Encravamento na alimentação',
      'Product vastgelopen in invoer',
      'Zator na podajniku butelek',
    ],
  ],
  [
    'drive',
    drive,
    [
      'Défaut variateur M12',
      'Sovraccarico motore nastro',
      'Disparo do inversor M3',
      'Overbelasting aandrijving',
      'Przeciążenie silnika głównego',
    ],
  ],
  [
    'sensor',
    sensor,
    [
      'Cellule B4 encrassée',
      'Fotocellula sporca',
      'Sensor sujo B3',
      'Fotocel vervuild',
      'Fotokomórka zabrudzona',
    ],
  ],
  [
    'comms',
    comms,
    [
      'Perte de communication îlot 3',
      'Nodo 12 assente',
      'Falha de comunicação do módulo',
      'Geen communicatie met module',
      'Brak łączności z modułem 4',
    ],
  ],
  [
    'safety',
    safety,
    [
      'Arrêt d’urgence poste 2',
      'Fungo di emergenza premuto',
      'Porta de segurança aberta',
      'Noodstop ingedrukt',
      'Drzwi osłony otwarte',
    ],
  ],
  [
    'cold',
    cold,
    [
      'Température mâchoire trop basse',
      'Temperatura saldatura bassa',
      'Temperatura de selagem abaixo do limite',
      'Sealtemperatuur te laag',
      'Temperatura zgrzewu za niska',
    ],
  ],
  [
    'hot',
    hot,
    [
      'Surchauffe palier',
      'Temperatura motore alta',
      'Temperatura do óleo elevada',
      'Motor oververhit',
      'Przegrzanie łożyska',
    ],
  ],
  [
    'leak',
    leak,
    ['Fuite vanne 3', 'Perdita valvola 7', 'Vazamento no bico', 'Lekkage vulventiel', 'Nieszczelny zawór'],
  ],
  [
    'empty',
    empty,
    [
      'Bobine film terminée',
      'Tappi esauriti',
      'Falta de tampas',
      'Lijm bijna op',
      'Brak nakrętek w zasobniku',
    ],
  ],
  [
    'shortage',
    shortage,
    [
      'Rupture de stock composant',
      'Mancanza materiali',
      'Sem stock de componente',
      'Geen grondstof in magazijn',
      'Brak surowca',
    ],
  ],
  [
    'mismatch',
    mismatch,
    ['Code incorrect', 'Etichetta errata', 'Rótulo trocado', 'Verkeerde folie', 'Błędny kod kartonu'],
  ],
  [
    'nobody',
    nobody,
    ['Attente opérateur', 'Chiamata operatore', 'Aguarda operador', 'Wacht op operator', 'Brak obsady'],
  ],
  [
    'mechanic',
    mechanic,
    [
      'en attente de la maintenance',
      'attesa manutentore',
      'aguarda manutenção',
      'wacht op monteur',
      'czekamy na mechanika',
    ],
  ],
  [
    'hold',
    hold,
    ['Lot bloqué qualité', 'In attesa di rilascio', 'Lote retido', 'Wacht op vrijgave', 'Partia wstrzymana'],
  ],
  [
    'control',
    control,
    [
      'Test détecteur de métaux échoué',
      'Test metalli non superato: metal detector, test fallito',
      'Teste do detetor de metais',
      'Metaaldetectie test niet gedaan',
      'Wykrywacz metali: test nieudany',
    ],
  ],
  [
    'server',
    server,
    [
      'Serveur ne répond pas',
      'Nessuna risposta dal server',
      'Servidor sem resposta',
      'Geen antwoord van server',
      'Serwer nie odpowiada',
    ],
  ],
  [
    'air',
    air,
    [
      "Pression d'air insuffisante",
      'Mancanza aria',
      'Falta de ar comprimido',
      'Persluchtdruk laag',
      'Niskie ciśnienie sprężonego powietrza',
    ],
  ],
  [
    'power',
    power,
    ['Microcoupure secteur', 'Mancanza tensione', 'Queda de tensão', 'Spanningsdip', 'Zanik napięcia'],
  ],
  [
    'cooling',
    cooling,
    [
      'Eau glacée chaude',
      'Acqua refrigerata calda',
      'Água de arrefecimento quente',
      'Koelwater te warm',
      'Woda lodowa ciepła',
    ],
  ],
  [
    'dispatch',
    dispatch,
    ['Quai plein', 'Uscita pallet piena', 'Cais de expedição cheio', 'Palletbaan vol', 'Rampa pełna'],
  ],
  [
    'upstream',
    upstream,
    ['Cuve vide', 'Serbatoio vuoto', 'Tanque vazio', 'Procestank leeg', 'Zbiornik pusty'],
  ],
  [
    'starved',
    starved,
    ['Manque produit', 'Mancanza prodotto', 'Falta de produto', 'Geen toevoer', 'Brak produktu na wlocie'],
  ],
  ['blocked', blocked, ['Saturation sortie', 'Uscita piena', 'Saída cheia', 'Uitvoer vol', 'Wylot pełny']],
];

test.each(alarms)('%s is read in five more languages', (_name, cue, texts) => {
  expect(texts.filter((text) => !mentions(read(text), cue))).toEqual([]);
});

test('an alarm that only says that there is one is told apart from one that says why, in these languages, too', () => {
  for (const text of ['Défaut machine', 'Guasto generale', 'Avaria 12', 'Storing lijn 3', 'Awaria maszyny'])
    expect(saysNothing(plainText(text))).toBe(true);
  for (const text of ['Défaut colle', 'Guasto nastro', 'Storing lijm', 'Awaria pompy'])
    expect(saysNothing(plainText(text))).toBe(false);
});

test('what is denied is not said', () => {
  for (const text of ['pas de bourrage', 'nessun inceppamento', 'sem encravamento', 'geen vastloper'])
    expect(mentions(read(text), jam)).toBe(false);
});

const look = (signal: string, unit: string) => {
  const machine = { id: 'm', name: 'M', aliases: [], class: 'filler', signals: [], connected: true };
  const flow = [{ from: 'a', to: 'm', capacity: 100, level: 'm/kistjes' }];
  const line = { id: 'l', name: 'L', aliases: [], machines: [machine], flow, supply: [], dispatch: [] };
  const plant = { lines: [line], utilities: [] } as unknown as Parameters<typeof looksOf>[0];
  const points = Array.from({ length: 12 }, (_, index) => [index * 10_000, 5] as const);
  const baseline = { median: 5, mad: 0.1, count: 100 };
  return looksOf(plant, [{ equipment: 'm', signal, unit, source: 's', points, baseline }], 200_000)[0]
    ?.measure;
};

test.each([
  ['lijmtemp', '°C', 'temperature'],
  ['cisnienie_pary', 'bar', 'pressure'],
  ['zulauf_temperatur', '°C', 'temperature'],
  ['zulauf', 'FL', 'buffer'],
  ['corrente_mandrino', 'A', 'load'],
  ['vitesse', 'c/min', 'speed'],
  ['uitval', '', 'rejects'],
  ['poziom_kleju', '%', 'level'],
  ['drgania', 'mm/s', 'vibration'],
  ['tensao', 'V', 'voltage'],
  // The description calls it the level of a buffer, whatever its name.
  ['kistjes', 'KST', 'buffer'],
])('the signal %s in %s is a %s', (signal, unit, measure) => {
  expect(look(signal, unit)).toBe(measure);
});
