import { expect, test } from 'vitest';
import { alarmSpans } from '../records/alarms.ts';
import { clocksOf } from '../records/clocks.ts';
import { plannedTimes } from '../frame/planned.ts';
import { checks } from '../cues/checks.ts';
import type { Scene } from '../scene.ts';
import { kindOf } from '../localise/stands.ts';
import { alarm, at, recordOf, startOfDrawing } from './drawing.ts';
import { bottlingPlant, lineIn } from './plants.ts';
import type { StateSpan } from '../records/timeline.ts';
import { producesIn } from '../records/timeline.ts';

const plant = bottlingPlant();

const activityOf = (reason: string, status = 'Downtime'): string | undefined => {
  const records = [
    recordOf('downtime_event', 0, 'line-3', {
      status,
      reason,
      category: 'downtime',
      from: at(0),
      to: at(600),
    }),
  ];
  const window = { from: startOfDrawing, to: startOfDrawing + 600_000 };
  return plannedTimes(plant, lineIn(plant), records, window, window.to).said[0]?.activity;
};

test.each([
  'Deformación de la tapa',
  'Falta información',
  'Deformazione film',
  'Trasformazione errata',
  'Motor clavado',
  'Rodamiento enclavado',
  'Machine paused by operator',
  'Ciclo in pausa',
  'Ongepland onderhoud',
  'On-gepland onderhoud',
  'Nieplanowana konserwacja',
  'Nie planowana konserwacja',
  'Unplanned maintenance',
  'Un-planned maintenance',
  'Ungeplante Wartung',
  'Nicht geplante Wartung',
  'Fire prevention alarm',
  'Web break',
  'Film break at reel 2',
  'Breakdown',
  'Sanitary valve fault',
  'Oatmeal spill',
])('the entry "%s" is no plan', (reason) => {
  expect(activityOf(reason)).toBeUndefined();
});

test.each([
  ['meeting', 'Formación'],
  ['meeting', 'Formazione personale'],
  ['meeting', 'Schulung'],
  ['cleaning', 'Lavado'],
  ['cleaning', 'Zwischenreinigung'],
  ['cleaning', 'CIP'],
  ['break', 'Pausa'],
  ['break', 'Mittagspause'],
  ['break', 'Pausa pranzo'],
  ['break', 'Pause'],
  ['break', 'Lunch break'],
  ['break', 'Personeel in pauze'],
  ['planned_maintenance', 'Gepland onderhoud'],
  ['planned_maintenance', 'Planowana konserwacja'],
  ['planned_maintenance', 'Planned maintenance'],
  ['planned_maintenance', 'Maintenance préventive'],
  ['planned_maintenance', 'Preventive maintenance'],
  ['changeover', 'Umrüsten'],
  ['changeover', 'Artikelformatwechsel'],
  ['no_shift', 'Geen ploeg'],
])('a plan for %s is read out of "%s"', (activity, reason) => {
  // What was only picked as a reason is a changeover where another order began; booked as the status it is one.
  expect(activity === 'changeover' ? activityOf('', reason) : activityOf(reason)).toBe(activity);
});

test.each([
  'Geen productie',
  'Nessuna produzione',
  'Senza produzione',
  'Sans production',
  'Keine Produktion',
  'No production',
  'Productie gestopt',
  'Produzione ferma',
  'Produkcja wstrzymana',
  'Praca ręczna',
  'Fin de marche',
  'Production stopped',
  'Producción parada',
  'Sem produção',
  'Brak produkcji',
  'Not running',
  'Nicht in Betrieb',
  'Hors marche',
  'Ready to run',
  'Auto stop',
  'Non in funzione',
])('a machine in "%s" does not produce', (raw) => {
  expect(producesIn({ state: 'Unknown', raw })).toBe(false);
});

test.each([
  'Produzione',
  'Productie',
  'Produkcja',
  'Praca',
  'Marche',
  'En marche',
  'Produktion',
  'Production',
  'In production',
  'Em produção',
  'Produciendo',
  'Läuft',
  'LAEUFT',
  'In Betrieb',
  'Automatic',
  'Running',
  'Pracuje',
  'Marche auto',
  'Automatik',
  'En producción',
  'En production',
])('a machine in "%s" produces', (raw) => {
  expect(producesIn({ state: 'Unknown', raw })).toBe(true);
});

const spanOf = (id: string, text: string) =>
  alarmSpans(alarm(0, 'line-3.capper', id, text), clocksOf([], []), startOfDrawing)[0];

test.each([
  ['ES-101', 'Torque monitoring', 'e stop'],
  ['INF-12', 'Station warm', 'infeed'],
  ['COM_07', 'Hood 3', 'communication'],
  ['LO-2', 'Temperature', 'low'],
  ['HI-2', 'Temperature', 'high'],
])('the number %s of an alarm that has a text is no word of it', (id, text, word) => {
  expect(spanOf(id, text)?.text).not.toContain(word);
});

test('an alarm without a text, or with words for its name, is read by its name', () => {
  expect(spanOf('INF_BLKD', '')?.text).toBe('infeed blocked');
  expect(spanOf('INF-12', '')?.text).toBe('infeed 12');
  expect(spanOf('INF_BLKD_02', 'Station 4')?.text).toContain('infeed blocked');
});

test('a machine that lost its electricity is not one that waits for product', () => {
  for (const text of [
    'Mancanza alimentazione 24V',
    'Manque alimentation 24V',
    'Falta alimentación 24 V',
    'Attesa alimentazione tensione',
  ])
    expect(spanOf('A1', text)?.says).toBe('fault');
  expect(spanOf('A1', 'Mancanza prodotto')?.says).toBe('starved');
});

const stand = (raw: string): string =>
  kindOf({
    from: 0,
    to: 1,
    state: 'Stopped',
    waiting: null,
    mode: null,
    raw,
    plain: true,
  } as unknown as StateSpan);

test.each(['Blade change', 'Panneau ouvert', 'Par défaut', 'Storage 2', 'Blad papier'])(
  'the state "%s" tells of no fault',
  (raw) => {
    expect(stand(raw)).toBe('generic');
  },
);

test.each(['Błąd osi', 'Panne', 'En défaut', 'Störung', 'Storing', 'Stoermeldung', 'Awaria'])(
  'the state "%s" tells of a fault',
  (raw) => {
    expect(stand(raw)).toBe('internal');
  },
);

const checksOf = (name: string): boolean =>
  checks({ line: { machines: [{ id: 'l.x', class: 'x', name }] } } as unknown as Scene, 'l.x');

test.each(['Painel de controle', 'Doseerweger', 'Testata', 'Trieuse de bouchons'])(
  '"%s" checks no product',
  (name) => {
    expect(checksOf(name)).toBe(false);
  },
);

test.each(['Controleweger', 'Contrôle qualité', 'Trieuse pondérale', 'Leak tester', 'Inspektion'])(
  '"%s" checks product',
  (name) => {
    expect(checksOf(name)).toBe(true);
  },
);
