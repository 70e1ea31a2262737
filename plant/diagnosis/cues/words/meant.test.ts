import { expect, test } from 'vitest';
import { mentions, folded, saysNothing, spelledOut } from '../../records/words.ts';
import * as concepts from '../concepts.ts';
import type { Concept } from './language.ts';

const said = { ...concepts };
const read = (text: string): string => spelledOut(folded(text));

/** French, Italian, Portuguese, Dutch, Polish: one alarm of each as a panel there may show it. */
const alarms: Partial<Record<Concept, readonly string[]>> = {
  jam: [
    "Bourrage étui à l'entrée",
    'Inceppamento stella ingresso',
    'Encravamento na alimentação',
    'Product vastgelopen in invoer',
    'Zator na podajniku butelek',
  ],
  drive: [
    'Défaut variateur M12',
    'Sovraccarico motore nastro',
    'Disparo do inversor M3',
    'Overbelasting aandrijving',
    'Przeciążenie silnika głównego',
  ],
  sensor: [
    'Cellule B4 encrassée',
    'Fotocellula sporca',
    'Sensor sujo B3',
    'Fotocel vervuild',
    'Fotokomórka zabrudzona',
  ],
  comms: [
    'Perte de communication îlot 3',
    'Nodo 12 assente',
    'Falha de comunicação do módulo',
    'Geen communicatie met module',
    'Brak łączności z modułem 4',
  ],
  safety: [
    'Arrêt d’urgence poste 2',
    'Fungo di emergenza premuto',
    'Porta de segurança aberta',
    'Noodstop ingedrukt',
    'Drzwi osłony otwarte',
  ],
  cold: [
    'Température mâchoire trop basse',
    'Temperatura saldatura bassa',
    'Temperatura de selagem abaixo do limite',
    'Sealtemperatuur te laag',
    'Temperatura zgrzewu za niska',
  ],
  hot: [
    'Surchauffe palier',
    'Temperatura motore alta',
    'Temperatura do óleo elevada',
    'Motor oververhit',
    'Przegrzanie łożyska',
  ],
  leak: [
    'Fuite vanne 3',
    'Perdita valvola 7',
    'Vazamento no bico',
    'Lekkage vulventiel',
    'Nieszczelny zawór',
  ],
  empty: [
    'Bobine film terminée',
    'Tappi esauriti',
    'Falta de tampas',
    'Lijm bijna op',
    'Brak nakrętek w zasobniku',
  ],
  shortage: [
    'Rupture de stock composant',
    'Mancanza materiali',
    'Sem stock de componente',
    'Geen grondstof in magazijn',
    'Brak surowca',
  ],
  mismatch: ['Code incorrect', 'Etichetta errata', 'Rótulo trocado', 'Verkeerde folie', 'Błędny kod kartonu'],
  nobody: ['Attente opérateur', 'Chiamata operatore', 'Aguarda operador', 'Wacht op operator', 'Brak obsady'],
  mechanic: [
    'en attente de la maintenance',
    'attesa manutentore',
    'aguarda manutenção',
    'wacht op monteur',
    'czekamy na mechanika',
  ],
  hold: [
    'Lot bloqué qualité',
    'In attesa di rilascio',
    'Lote retido',
    'Wacht op vrijgave',
    'Partia wstrzymana',
  ],
  control: [
    'Test détecteur de métaux échoué',
    'Test metalli non superato: metal detector, test fallito',
    'Teste do detetor de metais',
    'Metaaldetectie test niet gedaan',
    'Wykrywacz metali: test nieudany',
  ],
  server: [
    'Serveur ne répond pas',
    'Nessuna risposta dal server',
    'Servidor sem resposta',
    'Geen antwoord van server',
    'Serwer nie odpowiada',
  ],
  air: [
    "Pression d'air insuffisante",
    'Mancanza aria',
    'Falta de ar comprimido',
    'Persluchtdruk laag',
    'Niskie ciśnienie sprężonego powietrza',
  ],
  power: ['Microcoupure secteur', 'Mancanza tensione', 'Queda de tensão', 'Spanningsdip', 'Zanik napięcia'],
  cooling: [
    'Eau glacée chaude',
    'Acqua refrigerata calda',
    'Água de arrefecimento quente',
    'Koelwater te warm',
    'Woda lodowa ciepła',
  ],
  dispatch: ['Quai plein', 'Uscita pallet piena', 'Cais de expedição cheio', 'Palletbaan vol', 'Rampa pełna'],
  upstream: ['Cuve vide', 'Serbatoio vuoto', 'Tanque vazio', 'Procestank leeg', 'Zbiornik pusty'],
  starved: [
    'Manque produit',
    'Mancanza prodotto',
    'Falta de produto',
    'Geen toevoer',
    'Brak produktu na wlocie',
  ],
  blocked: ['Saturation sortie', 'Uscita piena', 'Saída cheia', 'Uitvoer vol', 'Wylot pełny'],
};

test.each(Object.entries(alarms))('%s is read in five more languages', (concept, texts) => {
  expect(texts.filter((text) => !mentions(read(text), said[concept as Concept]))).toEqual([]);
});

test('an alarm that only says that there is one is told apart from one that says why, in these languages, too', () => {
  for (const text of ['Défaut machine', 'Guasto generale', 'Avaria 12', 'Storing lijn 3', 'Awaria maszyny'])
    expect(saysNothing(folded(text))).toBe(true);
  for (const text of ['Défaut colle', 'Guasto nastro', 'Storing lijm', 'Awaria pompy'])
    expect(saysNothing(folded(text))).toBe(false);
});

test('what is denied is not said', () => {
  for (const text of ['pas de bourrage', 'nessun inceppamento', 'sem encravamento', 'geen vastloper'])
    expect(mentions(read(text), concepts.jam)).toBe(false);
});

/** What the narrowing must leave. */
const stillMeant: Partial<Record<Concept, readonly string[]>> = {
  starved: [
    'Mancanza alimentazione prodotto',
    "Manque d'alimentation en bouteilles",
    'Falta alimentación de botellas',
  ],
  power: [
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
  air: [
    'Geen perslucht',
    "Pas d'air comprimé",
    'Senza aria compressa',
    'Sem ar comprimido',
    'Keine Druckluft',
    'Sin aire comprimido',
    'Brak sprężonego powietrza',
    'No compressed air',
  ],
  comms: [
    'Pas de communication',
    'Nessuna comunicazione con inverter',
    'Aucune communication variateur',
    'Keine Kommunikation',
    'Sem comunicação',
    'Bez komunikacji',
    'Geen communicatie',
    'No communication',
  ],
  cooling: [
    'Geen koelwater',
    "Pas d'eau glacée",
    'Keine Kühlung',
    'Senza acqua refrigerata',
    'Brak wody lodowej',
  ],
  server: ['Kein Server', 'Pas de réseau informatique', 'Geen server', 'Nessun server', 'Réseau perdu'],
  cold: [
    'Température min non atteinte',
    'Temp. lo',
    'Siegeltemperatur zu niedrig',
    'Temp zone min',
    'Tempfühler zu niedrig',
  ],
  hot: ['Température max dépassée', 'Temp zone 3 high', 'Öltemperatur zu hoch', 'Antrieb läuft warm'],
  sensor: ['Lente suja', 'Cellule B4', 'Lentes sujas'],
  safety: ['Linka bezpieczeństwa', 'Afscherming niet gesloten', 'Scherm open', 'Hek open'],
  badLot: [
    'Krzywe nakrętki',
    'Wadliwa partia',
    'Tampas defeituosas',
    'Tappi difettosi',
    'Tapones defectuosos',
    'Defective caps',
    'Nouveau fournisseur',
    'New supplier',
  ],
  shortage: ['Fournisseur en retard', 'Fornitore in ritardo', 'Supplier late', 'Leverancier te laat'],
  nobody: [
    'Opérateur en pause',
    'Operatore in pausa',
    'Operator is op pauze',
    'Operator na przerwie',
    'Bediener fehlt',
    'Warte auf Bediener',
    'Bedieneranforderung',
    'Personalmangel',
    'Llamada al operador',
    'Operario ausente',
    'Falta operador',
  ],
  mishap: [
    'fire drill, everybody out',
    'water through the roof onto the panel',
    'a bird in the hall',
    'Feueralarm, Halle geräumt: Sammelplatz',
    'es tropft Wasser durchs Dach',
    'Wespen im Schaltschrank',
    'simulacro de incendio',
    'gotera sobre el cuadro',
    "exercice d'évacuation du site",
    'fuite de la toiture',
    'allarme antincendio, punto di raccolta',
    'acqua dal soffitto',
    'simulado de incêndio, ponto de encontro',
    'goteira no painel',
    'brandoefening, iedereen buiten',
    'het dak lekt',
    'ewakuacja hali',
    'woda cieknie z dachu',
  ],
  mismatch: ['Scambio etichette', 'Code stimmt nicht'],
  dispatch: ['Magasin plein', 'Magazzino pieno', 'Magazijn vol'],
  upstream: [
    'Amont en attente',
    'Attesa da monte',
    'Arrêt amont',
    'Montante parado',
    'Upstream not ready',
    'Waiting for upstream',
    'No feed from upstream',
  ],
  zone: [
    'E-stop chain 1',
    'Safety area 2',
    'Not-Halt Bereich 2',
    'Sicherheitskreis',
    'Not-Halt-Kette 2',
    'Cadena de emergencia',
    'Catena di sicurezza',
    'Noodstopkring 3',
    'Obwód bezpieczeństwa',
    "Chaîne d'urgence",
  ],
  startUp: ['Avviamento dopo cambio formato', 'Démarrage', 'Arranque tras cambio'],
  jam: ['Produto travado', 'Producto trabado'],
  leak: ['Buse bouchée', 'Perdita olio', 'Perdita di prodotto'],
  blocked: ['Puffer voll', 'Speichertisch voll', 'Máquina a jusante parada', 'Aguarda máquina a jusante'],
  ready: ['Lot libéré', 'Lots libérés', 'Approvato', 'Approuvé', 'Rilasciato'],
  notReady: ['Lot à libérer', 'Da rilasciare'],
};

test.each(Object.entries(stillMeant))('%s is read where it is said, also as a lack', (concept, texts) => {
  expect(texts.filter((text) => !mentions(read(text), said[concept as Concept]))).toEqual([]);
});
