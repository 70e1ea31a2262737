import type { Cause } from './cause.ts';
import { itCauses } from './it.ts';
import { machineCauses } from './machine.ts';
import { processCauses } from './machine-process.ts';
import { materialCauses } from './material.ts';
import { outsideCauses } from './outside.ts';
import { peopleCauses } from './people.ts';
import { planningCauses } from './planning.ts';
import { qualityCauses } from './quality.ts';
import { utilityCauses } from './utilities.ts';

/** Every cause that is known, of all classes. A new one is an entry in the file of its class. */
export const catalogue: readonly Cause[] = [
  ...machineCauses,
  ...processCauses,
  ...materialCauses,
  ...qualityCauses,
  ...peopleCauses,
  ...planningCauses,
  ...utilityCauses,
  ...outsideCauses,
  ...itCauses,
];
