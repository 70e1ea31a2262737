import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { blocked, jam, safety, starved } from '../cues/concepts.ts';
import { mentions, folded, saysNothing } from './words.ts';
import { calmBusiness, caseOf, signal } from '../testing/cases.ts';
import { alarm, draw, recordOf } from '../testing/drawing.ts';
import { bottlingPlant } from '../testing/plants.ts';
import { capperStands } from '../testing/ten.ts';

const plant = bottlingPlant();

/** The capper stands with this one alarm and nothing else that tells why. */
function leading(text: string, id = 'A1'): string | undefined {
  const records = [
    calmBusiness(),
    draw('line-3', capperStands('H')),
    alarm(301, 'line-3.capper', id, text, 640),
    recordOf('maintenance', -9000, null, { order: '1', text: 'monthly round', status: 'done' }),
  ];
  const found = diagnose(caseOf({ plant, records }));
  return found.candidates.find(({ cause }) => cause !== 'other' && cause !== 'unknown')?.cause;
}

describe('words of machines and people', () => {
  it.each([
    ['infeed_jam', 'Infeed star wheel blocked'],
    ['infeed_jam', 'BOTTLE_JAM_INFEED'],
    ['infeed_jam', 'Flaschenstau am Einlauf'],
    ['infeed_jam', 'Atasco en la entrada'],
    ['drive_trip', 'VFD 3 overcurrent'],
    ['drive_trip', 'MainDriveFault'],
    ['drive_trip', 'Störung Hauptantrieb'],
    ['drive_trip', 'Sobrecarga del variador'],
    ['safety_stop', 'Schutztür 2 offen'],
    ['safety_stop', 'E-STOP pressed'],
    ['safety_stop', 'Puerta abierta'],
    ['consumable_empty', 'Cap chute empty'],
    ['consumable_empty', 'Out of glue'],
    ['consumable_empty', 'Etikettenrolle leer'],
    ['consumable_empty', 'Falta film'],
    ['comms_loss', 'PROFINET node 4 lost'],
    ['overheating', 'Gearbox temperature too high'],
    ['temperature_low', 'Sealing temperature below minimum'],
    ['wrong_material', 'Barcode mismatch'],
    ['ccp_failed', 'Metal detector test failed'],
    ['no_operator', 'Waiting for operator'],
    ['compressed_air_low', 'Low air pressure'],
    ['compressed_air_low', 'Presión de aire baja'],
    ['system_no_answer', 'MES: no response'],
    ['system_no_answer', 'Zeitüberschreitung Server'],
    ['infeed_jam', 'Steigenstau Einlauf Bahn 2'],
    ['comms_loss', 'EtherCAT slave not responding'],
    ['comms_loss', 'Communication lost with drive'],
    ['safety_stop', 'Safety relay tripped'],
    ['safety_stop', 'Reißleine gezogen'],
    ['temperature_low', 'Heating element failure'],
    ['overheating', 'Temperatura alta reductor'],
    ['overheating', 'Thermistor tripped'],
    ['cooling_warm', 'Agua de refrigeración caliente'],
    ['power_dip', 'Spannungseinbruch'],
    ['compressed_air_low', 'Pneumatic supply fault'],
    ['wrong_material', 'Artikel passt nicht zum Auftrag'],
    ['ccp_failed', 'Dichtheitsprüfung nicht bestanden'],
    ['system_no_answer', 'Keine Freigabe vom Leitsystem'],
  ])('reads %s out of "%s"', (cause, text) => {
    expect(leading(text)).toBe(cause);
  });

  it('does not take a web that is out of range for one that is out', () => {
    expect(leading('Web edge position out of range')).not.toBe('consumable_empty');
  });

  it.each([
    ['starved', 'Lack of product at infeed'],
    ['starved', 'Starved'],
    ['starved', 'Produktmangel'],
    ['blocked', 'Backed up'],
    ['blocked', 'Discharge conveyor full'],
    ['blocked', 'Rückstau'],
    ['neither', 'Infeed jam'],
    ['neither', 'Cap hopper empty'],
    ['neither', 'Vacuum pump fault'],
  ])('knows a machine that waits (%s) by "%s"', (waits, text) => {
    const plain = folded(text);
    const found = mentions(plain, blocked) ? 'blocked' : mentions(plain, starved) ? 'starved' : 'neither';
    expect(found).toBe(waits);
  });

  it('does not take a denial for a word', () => {
    expect(mentions(folded('no jam at the packer'), /\bjam/)).toBe(false);
    expect(mentions(folded('jam, no idea why'), /\bjam/)).toBe(true);
  });

  it.each([
    ['no jam at the filler, packer jammed', true],
    ['Not a jam at the capper, product jammed at the packer infeed', true],
    ['no jam at the filler, no jam at the packer', false],
  ])('reads on after a denial: "%s"', (text, said) => {
    expect(mentions(folded(text), jam)).toBe(said);
  });

  it('takes the words that follow a denied one for denied with it', () => {
    expect(mentions(folded('no safety door open'), safety)).toBe(false);
    expect(mentions(folded('no safety fault, door open'), safety)).toBe(true);
  });
});

describe('short forms and alarms that say nothing', () => {
  it.each([
    ['infeed_jam', 'INF BLKD'],
    ['consumable_empty', 'NO MATL'],
    ['drive_trip', 'MTR OVLD'],
    ['power_dip', 'DC link UV'],
    ['comms_loss', 'I/O island off'],
    ['overheating', 'Cabinet or drive warm'],
    ['system_no_answer', 'Druckdaten fehlen'],
    ['wrong_material', 'CODE NOK'],
  ])('reads %s out of "%s"', (cause, text) => {
    expect(leading(text)).toBe(cause);
  });

  it.each([
    ['Group fault 2', true],
    ['Fault 0586 E-0616', true],
    ['Maschine gestört', true],
    ['Jam at infeed', false],
    ['Vacuum pump', false],
  ])('knows whether "%s" tells anything', (text, nothing) => {
    expect(saysNothing(folded(text))).toBe(nothing);
  });

  it('does not miss the right alarm where the one that came says nothing', () => {
    const share = (text: string): number =>
      diagnose(
        caseOf({
          plant,
          records: [
            calmBusiness(),
            draw('line-3', capperStands('A')),
            alarm(301, 'line-3.capper', 'A1', text),
          ],
          signals: [signal('line-3.capper', 'vibration', 'mm/s', 2, (s) => (s > 300 ? 0 : 2 + s / 150))],
        }),
      ).candidates.find(({ cause }) => cause === 'drive_trip')?.p ?? 0;
    expect(share('Group fault 2')).toBeGreaterThan(share('Vacuum pump'));
  });
});
