import { expect, test } from 'vitest';
import { mentions, plainText, spelledOut } from '../../words.ts';
import {
  air,
  badLot,
  blocked,
  cold,
  comms,
  cooling,
  dispatch,
  drive,
  hot,
  isFarServer,
  jam,
  leak,
  lights,
  mismatch,
  nobody,
  notReady,
  power,
  ready,
  safety,
  sensor,
  server,
  shortage,
  starved,
  startUp,
  upstream,
  zone,
} from '../concepts.ts';

const read = (text: string): string => spelledOut(plainText(text));

/** Sentences of any plant that look like the concept and mean something else, or deny it. */
const notMeant: readonly (readonly [string, RegExp, readonly string[]])[] = [
  [
    'starved',
    starved,
    [
      'Mancanza alimentazione 24V',
      'Mancanza di alimentazione elettrica',
      'Manque alimentation 24V',
      'Manque d’alimentation secteur',
      'Falta alimentación 24 V',
      'Falta de alimentación eléctrica',
      'Attesa alimentazione 400 V',
      'Attente alimentation électrique',
      'Falta de energia',
    ],
  ],
  [
    'blocked',
    blocked,
    [
      'Speicher voll',
      'Datenspeicher voll',
      'Motor blocked rotor',
      'Memory full',
      'Encravamento a jusante',
      'Fotocélula a jusante suja',
    ],
  ],
  [
    'hot',
    hot,
    [
      'Temps de cycle max dépassé',
      'Tempo ciclo max superato',
      'Tempo max enchimento excedido',
      'Tempo zu hoch',
      'Tempo te hoog',
      'Temps de remplissage dépassé',
      'Temporizzatore sopra soglia',
      'Start attempt limit above 3',
      'Warmlauf aktiv',
      'Tempos de ciclo acima do alvo',
    ],
  ],
  [
    'cold',
    cold,
    [
      "Temps d'arrêt 20 minutes",
      'Tempo te laag',
      'Tempo di ciclo minimo',
      'Tempo de espera abaixo do alvo',
      'Temperature stable for 20 min',
      'Tempo zu niedrig',
      'Template min count',
    ],
  ],
  [
    'sensor',
    sensor,
    [
      'Cadence lente',
      'La machine tourne lentement',
      'Cellule robot en défaut',
      'Cellule de charge hors plage',
    ],
  ],
  ['lights', lights, ['Fotocellula non sporca', 'Fotocélula não tapada', 'fotocel niet vervuild']],
  [
    'comms',
    comms,
    ['no communication error', 'geen communicatiefout', 'aucun défaut', 'nessun errore di comunicazione'],
  ],
  [
    'safety',
    safety,
    [
      'Conveyor linkage broken',
      'Scherm reageert niet',
      'Scherm is niet leesbaar',
      'Guardamotor M3',
      'no emergency',
      'żadnych drzwi',
    ],
  ],
  ['drive', drive, ['Moteur température haute', 'no motor fault', 'senza motore']],
  [
    'leak',
    leak,
    ['two buses offline', 'Perdita di comunicazione', 'Perdita segnale', 'Perdita posizione', 'non perde'],
  ],
  [
    'jam',
    jam,
    [
      'Porta travada',
      'Puerta trabada',
      'bez zatoru',
      'não encravou',
      'zonder vastloper',
      'nunca se atasca',
      'kein Stau',
    ],
  ],
  [
    'power',
    power,
    [
      "Arrêt d'urgence secteur 2",
      'Manque alimentation produit',
      'Mancanza alimentazione prodotto',
      'Falta de alimentação de produto',
      'Belt tension high',
      'nessuna caduta di tensione',
      'Keine Netzwerkverbindung',
      'Kein Netzwerk',
    ],
  ],
  [
    'server',
    server,
    ['Pression réseau basse', 'Réseau vapeur', 'no server fault', 'kein Serverfehler', 'geen serverfout'],
  ],
  ['air', air, ['Pressostat huile', 'Presostato de aceite', 'Oil pressure low', 'geen persluchtstoring']],
  ['cooling', cooling, ['Frigo de la cantine', 'Is it cool']],
  [
    'nobody',
    nobody,
    ['Ciclo in pausa', 'Machine en pause', 'Machine op pauze gezet', 'Program paused', 'Linia na przerwie'],
  ],
  [
    'mismatch',
    mismatch,
    ['Errore scambio dati', 'Mes verwisseld', 'Druck stimmt nicht', 'Rol verwisseld', 'Scambio pallet'],
  ],
  [
    'badLot',
    badLot,
    [
      'Krzywka uszkodzona',
      'Wadliwy czujnik',
      'Sensor defeituoso',
      'Sensore difettoso',
      'Sensor defectuoso',
      'Defective sensor',
      'Fournisseur en retard',
      'Fornitore in ritardo',
      'Fornecedor atrasado',
      'Leverancier te laat',
      'Dostawca spóźniony',
      'Lieferant verspätet',
      'Proveedor con retraso',
      'Supplier late',
    ],
  ],
  [
    'dispatch',
    dispatch,
    ['Magasin étuis bloqué', 'Magazzino astucci bloccato', 'Magazijn dozen geblokkeerd'],
  ],
  [
    'upstream',
    upstream,
    [
      'Bourrage amont',
      'Inceppamento a monte',
      'Encravamento a montante',
      'Jam upstream',
      'Upstream conveyor drive fault',
      'Upstream sensor dirty',
    ],
  ],
  [
    'zone',
    zone,
    [
      'Chain guard open',
      'Puerta de la cadena abierta',
      'Riparo catena aperto',
      'Area scanner blocked',
      'Guard open in packing area',
    ],
  ],
  [
    'startUp',
    startUp,
    [
      'Mancato avvio motore',
      'Défaut démarrage moteur',
      'Fallo de arranque motor',
      'Regulacja temperatury uszkodzona',
    ],
  ],
  ['ready', ready, ['Lot à libérer', 'Approvisionnement en cours', 'Da rilasciare']],
];

test.each(notMeant)('%s is not read where another thing is said, or none', (_name, cue, texts) => {
  expect(texts.filter((text) => mentions(read(text), cue))).toEqual([]);
});

/** What the narrowing must leave. */
const stillMeant: readonly (readonly [string, RegExp, readonly string[]])[] = [
  [
    'starved',
    starved,
    [
      'Mancanza alimentazione prodotto',
      "Manque d'alimentation en bouteilles",
      'Falta alimentación de botellas',
    ],
  ],
  [
    'power',
    power,
    [
      'Mancanza alimentazione 24V',
      'Manque alimentation 24V',
      'Falta alimentación 24 V',
      'Coupure secteur',
      'Geen spanning',
      'Geen voeding 24V',
      'Kein Netz',
      'Keine Spannung',
      'Sans tension',
      'Senza corrente',
      'Sem energia',
      'Brak napięcia',
    ],
  ],
  [
    'air',
    air,
    [
      'Geen perslucht',
      "Pas d'air comprimé",
      'Senza aria compressa',
      'Sem ar comprimido',
      'Keine Druckluft',
      'Sin aire comprimido',
      'Brak sprężonego powietrza',
      'No compressed air',
    ],
  ],
  [
    'comms',
    comms,
    [
      'Pas de communication',
      'Nessuna comunicazione con inverter',
      'Aucune communication variateur',
      'Keine Kommunikation',
      'Sem comunicação',
      'Bez komunikacji',
      'Geen communicatie',
      'No communication',
    ],
  ],
  [
    'cooling',
    cooling,
    ['Geen koelwater', "Pas d'eau glacée", 'Keine Kühlung', 'Senza acqua refrigerata', 'Brak wody lodowej'],
  ],
  [
    'server',
    server,
    ['Kein Server', 'Pas de réseau informatique', 'Geen server', 'Nessun server', 'Réseau perdu'],
  ],
  [
    'cold',
    cold,
    [
      'Température min non atteinte',
      'Temp. lo',
      'Siegeltemperatur zu niedrig',
      'Temp zone min',
      'Tempfühler zu niedrig',
    ],
  ],
  [
    'hot',
    hot,
    ['Température max dépassée', 'Temp zone 3 high', 'Öltemperatur zu hoch', 'Antrieb läuft warm'],
  ],
  ['sensor', sensor, ['Lente suja', 'Cellule B4', 'Lentes sujas']],
  ['safety', safety, ['Linka bezpieczeństwa', 'Afscherming niet gesloten', 'Scherm open', 'Hek open']],
  [
    'badLot',
    badLot,
    [
      'Krzywe nakrętki',
      'Wadliwa partia',
      'Tampas defeituosas',
      'Tappi difettosi',
      'Tapones defectuosos',
      'Defective caps',
      'Nouveau fournisseur',
      'New supplier',
    ],
  ],
  [
    'shortage',
    shortage,
    ['Fournisseur en retard', 'Fornitore in ritardo', 'Supplier late', 'Leverancier te laat'],
  ],
  [
    'nobody',
    nobody,
    ['Opérateur en pause', 'Operatore in pausa', 'Operator is op pauze', 'Operator na przerwie'],
  ],
  ['mismatch', mismatch, ['Scambio etichette', 'Code stimmt nicht']],
  ['dispatch', dispatch, ['Magasin plein', 'Magazzino pieno', 'Magazijn vol']],
  [
    'upstream',
    upstream,
    [
      'Amont en attente',
      'Attesa da monte',
      'Arrêt amont',
      'Montante parado',
      'Upstream not ready',
      'Waiting for upstream',
      'No feed from upstream',
    ],
  ],
  [
    'zone',
    zone,
    [
      'E-stop chain 1',
      'Safety area 2',
      'Not-Halt Bereich 2',
      'Sicherheitskreis',
      'Cadena de emergencia',
      'Catena di sicurezza',
      'Noodstopkring 3',
      'Obwód bezpieczeństwa',
      "Chaîne d'urgence",
    ],
  ],
  ['startUp', startUp, ['Avviamento dopo cambio formato', 'Démarrage', 'Arranque tras cambio']],
  ['jam', jam, ['Produto travado', 'Producto trabado']],
  ['leak', leak, ['Buse bouchée', 'Perdita olio', 'Perdita di prodotto']],
  [
    'blocked',
    blocked,
    ['Puffer voll', 'Speichertisch voll', 'Máquina a jusante parada', 'Aguarda máquina a jusante'],
  ],
  ['ready', ready, ['Lot libéré', 'Lots libérés', 'Approvato', 'Approuvé', 'Rilasciato']],
  ['not ready', notReady, ['Lot à libérer', 'Da rilasciare']],
];

test.each(stillMeant)('%s is read where it is said, also as a lack', (_name, cue, texts) => {
  expect(texts.filter((text) => !mentions(read(text), cue))).toEqual([]);
});

test('a server far from the machine is told apart from the network inside it, and what is denied is neither', () => {
  expect(isFarServer(read('no server fault'))).toBe(false);
  expect(isFarServer(read('Server not answering'))).toBe(true);
  expect(isFarServer(read('PROFINET server not answering'))).toBe(false);
  expect(isFarServer(read('No response from host, no fieldbus error'))).toBe(true);
});
