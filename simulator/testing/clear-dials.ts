import type { Dials } from '../cases/types.ts';

/** Every machine and source clear, nothing else going on. */
export const clearDials: Dials = {
  clockSkewS: 0,
  genericShare: 0,
  darkMachines: 0,
  silentRoot: false,
  reason: 'missing',
  wrongStock: false,
  lateLabS: 0,
  decoys: 0,
  alarmNoise: 0,
  noteStyle: 'plain',
  sources: { erp: true, mes: true, notes: true, utilities: true },
};
