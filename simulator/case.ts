import type { Case, CaseOptions } from './cases/types.ts';
import { plainCase } from './cases/plain.ts';
import { wideCase } from './cases/wide.ts';

export type { CaseOptions } from './cases/types.ts';

/** A plant, what its sources handed over, a question, and apart from them the truth. The same options give the same case. */
export const makeCase = (options: CaseOptions): Case =>
  options.plain ? plainCase(options) : wideCase(options);
