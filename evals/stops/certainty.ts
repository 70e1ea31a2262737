import type { Played } from './play.ts';

/** How sure the sentence sounds that the reader gets first. */
export const certaintyWords = [
  'because',
  'most likely because',
  'none of the causes known',
  'not enough evidence',
] as const;
export type CertaintyWord = (typeof certaintyWords)[number];

/** Read from the answer itself and not from a share beside it. null: no stop was explained. */
export function certaintyOf({ told, diagnosis }: Pick<Played, 'told' | 'diagnosis'>): CertaintyWord | null {
  if (told === null || diagnosis === null) return null;
  if (diagnosis.abstained) return 'not enough evidence';
  if (diagnosis.cause === 'other') return 'none of the causes known';
  return /\bmost likely\b/i.test(told.first_line) ? 'most likely because' : 'because';
}
