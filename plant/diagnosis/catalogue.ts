import type { Cause } from './cause.ts';
import { itCauses } from './causes/it.ts';
import { machineCauses } from './causes/machine.ts';
import { processCauses } from './causes/machine-process.ts';
import { materialCauses } from './causes/material.ts';
import { outsideCauses } from './causes/outside.ts';
import { peopleCauses } from './causes/people.ts';
import { planningCauses } from './causes/planning.ts';
import { qualityCauses } from './causes/quality.ts';
import { utilityCauses } from './causes/utilities.ts';

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
