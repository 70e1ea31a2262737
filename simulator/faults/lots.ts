import type { MachineSim } from '../physics/model.ts';
import type { Millis } from '../../plant/time.ts';
import { enterBook, type Site } from './fault.ts';

const suppliers = ['Alpla', 'Bericap', 'Guala', 'Mondi', 'Smurfit', 'Herma'];

/** A new lot comes to a machine's magazine: staged, then started, as the shop-floor system scans it. */
export function startLot(
  site: Pick<Site, 'floor' | 'rng'>,
  machine: MachineSim,
  staged: Millis,
  material?: string,
  started: Millis = staged + site.rng.whole(20, 90) * 1000,
): void {
  const lot = `${site.rng.pick(['K', 'P', 'S'])}${site.rng.whole(310_000, 389_999)}`;
  const fact = {
    kind: 'lot' as const,
    lot,
    material: material ?? machine.magazine?.material ?? '',
    held: false,
    supplier: site.rng.pick(suppliers),
    quantity: site.rng.whole(4, 60) * 500,
    unit: machine.magazine?.unit ?? 'PC',
  };
  const of = { key: lot, equipment: machine.id };
  enterBook(site, { ...of, at: staged, version: 'staged' }, { ...fact, status: 'Staged', event: 'staged' });
  enterBook(
    site,
    { ...of, at: started, version: 'started' },
    { ...fact, status: 'In Use', event: 'started' },
  );
}
