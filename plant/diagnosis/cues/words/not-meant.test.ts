import { expect, test } from 'vitest';
import { mentions, folded, spelledOut } from '../../records/words.ts';
import * as concepts from '../concepts.ts';
import type { Concept } from './language.ts';

const said = { ...concepts };
const read = (text: string): string => spelledOut(folded(text));

/** Sentences of any plant that look like the concept and mean something else, or deny it. */
const notMeant: Partial<Record<Concept, readonly string[]>> = {
  starved: [
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
  blocked: [
    'Speicher voll',
    'Datenspeicher voll',
    'Motor blocked rotor',
    'Memory full',
    'Encravamento a jusante',
    'Fotocélula a jusante suja',
  ],
  hot: [
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
  cold: [
    "Temps d'arrêt 20 minutes",
    'Tempo te laag',
    'Tempo di ciclo minimo',
    'Tempo de espera abaixo do alvo',
    'Temperature stable for 20 min',
    'Tempo zu niedrig',
    'Template min count',
  ],
  sensor: [
    'Cadence lente',
    'La machine tourne lentement',
    'Cellule robot en défaut',
    'Cellule de charge hors plage',
  ],
  lights: ['Fotocellula non sporca', 'Fotocélula não tapada', 'fotocel niet vervuild'],
  comms: [
    'no communication error',
    'geen communicatiefout',
    'aucun défaut',
    'nessun errore di comunicazione',
  ],
  safety: [
    'Conveyor linkage broken',
    'Scherm reageert niet',
    'Scherm is niet leesbaar',
    'Guardamotor M3',
    'no emergency',
    'żadnych drzwi',
  ],
  drive: ['Moteur température haute', 'no motor fault', 'senza motore'],
  leak: [
    'Drum vacuum low',
    'Vácuo baixo',
    'Vakuum zu gering',
    'two buses offline',
    'Perdita di comunicazione',
    'Perdita segnale',
    'Perdita posizione',
    'non perde',
  ],
  jam: [
    'Porta travada',
    'Puerta trabada',
    'bez zatoru',
    'não encravou',
    'zonder vastloper',
    'nunca se atasca',
    'kein Stau',
  ],
  power: [
    "Arrêt d'urgence secteur 2",
    'Manque alimentation produit',
    'Mancanza alimentazione prodotto',
    'Falta de alimentação de produto',
    'Belt tension high',
    'nessuna caduta di tensione',
    'Keine Netzwerkverbindung',
    'Kein Netzwerk',
  ],
  server: [
    'Pression réseau basse',
    'Réseau vapeur',
    'no server fault',
    'kein Serverfehler',
    'geen serverfout',
  ],
  air: ['Pressostat huile', 'Presostato de aceite', 'Oil pressure low', 'geen persluchtstoring'],
  cooling: ['Frigo de la cantine', 'Is it cool'],
  nobody: [
    'Ciclo in pausa',
    'Machine en pause',
    'Machine op pauze gezet',
    'Program paused',
    'Linia na przerwie',
    'Stopped by operator',
    'Stopp durch Bediener',
    'Parada por operador',
    'Parada pelo operador',
    'Arrêt opérateur',
    'Fermo da operatore',
    'Gestopt door operator',
    'Zatrzymana przez operatora',
  ],
  mishap: [
    'Évacuation palettes pleine',
    'Evacuazione pezzi bloccata',
    'Evacuación de cajas llena',
    'Brandzeichen fehlt',
    'Räumungsförderer voll',
    'Firewall blocks the port',
  ],
  mismatch: [
    'Errore scambio dati',
    'Mes verwisseld',
    'Druck stimmt nicht',
    'Rol verwisseld',
    'Scambio pallet',
  ],
  badLot: [
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
  dispatch: ['Magasin étuis bloqué', 'Magazzino astucci bloccato', 'Magazijn dozen geblokkeerd'],
  upstream: [
    'Bourrage amont',
    'Inceppamento a monte',
    'Encravamento a montante',
    'Jam upstream',
    'Upstream conveyor drive fault',
    'Upstream sensor dirty',
  ],
  zone: [
    'Chain guard open',
    'Kettenschutz offen',
    'Puerta de la cadena abierta',
    'Riparo catena aperto',
    'Area scanner blocked',
    'Guard open in packing area',
  ],
  startUp: [
    'Mancato avvio motore',
    'Défaut démarrage moteur',
    'Fallo de arranque motor',
    'Regulacja temperatury uszkodzona',
  ],
  ready: ['Lot à libérer', 'Approvisionnement en cours', 'Da rilasciare'],
};

test.each(Object.entries(notMeant))(
  '%s is not read where another thing is said, or none',
  (concept, texts) => {
    expect(texts.filter((text) => mentions(read(text), said[concept as Concept]))).toEqual([]);
  },
);

test('a server far from the machine is told apart from the network inside it, and what is denied is neither', () => {
  expect(concepts.isFarServer(read('no server fault'))).toBe(false);
  expect(concepts.isFarServer(read('Server not answering'))).toBe(true);
  expect(concepts.isFarServer(read('PROFINET server not answering'))).toBe(false);
  expect(concepts.isFarServer(read('No response from host, no fieldbus error'))).toBe(true);
});
