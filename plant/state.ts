import { z } from 'zod';

/**
 * PackML state names (ISA-TR88.00.02-2022). Mapped by name, never by number: two numberings are in use.
 * `Unknown`: the source gave a value that the plant's map does not name.
 */
export const packmlStates = [
  'Clearing',
  'Stopped',
  'Starting',
  'Idle',
  'Suspended',
  'Execute',
  'Stopping',
  'Aborting',
  'Aborted',
  'Holding',
  'Held',
  'Unholding',
  'Suspending',
  'Unsuspending',
  'Resetting',
  'Completing',
  'Complete',
  'Unknown',
] as const;
export const packmlState = z.enum(packmlStates);
export type PackmlState = z.infer<typeof packmlState>;

/** PackML unit modes, plus the two a line needs besides: changeover and cleaning in place. */
export const unitMode = z.enum(['Production', 'Maintenance', 'Manual', 'Setup', 'Clean']);
export type UnitMode = z.infer<typeof unitMode>;

/** Why a machine waits (OPC 40600 Lack / Tailback): starved = nothing comes, blocked = nothing can leave. */
export const waiting = z.enum(['starved', 'blocked']);
export type Waiting = z.infer<typeof waiting>;

/** Makes product now. */
export const isProducing = (state: PackmlState): boolean => state === 'Execute' || state === 'Completing';

/** Stands because of something outside itself (PackML: Suspended is the external state). */
export const isWaiting = (state: PackmlState): boolean =>
  state === 'Suspended' || state === 'Suspending' || state === 'Unsuspending';

/** Stands because of something in or at the machine itself. */
export const isInternal = (state: PackmlState): boolean =>
  state === 'Held' ||
  state === 'Holding' ||
  state === 'Unholding' ||
  state === 'Aborted' ||
  state === 'Aborting' ||
  state === 'Clearing';
