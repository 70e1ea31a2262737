import { packmlStates, type PackmlState, type UnitMode, type Waiting } from '../../plant/state.ts';
import type { Template } from './options.ts';

const packmlByWord = new Map(packmlStates.map((name) => [name.toLowerCase(), name]));
const modeByWord = new Map<string, UnitMode>(
  (['Production', 'Maintenance', 'Manual', 'Setup', 'Clean'] as const).map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** What the source's word for a state means. `known: false`: the YAML does not name it, the state is `Unknown`. */
export function stateOf(
  raw: string,
  template: Template | undefined,
): { state: PackmlState; waiting: Waiting | null; known: boolean } {
  const mapped = template?.states[raw];
  if (typeof mapped === 'string') return { state: mapped, waiting: null, known: true };
  if (mapped) return { ...mapped, known: true };
  const own = template?.plain ? undefined : packmlByWord.get(raw.trim().toLowerCase());
  return { state: own ?? 'Unknown', waiting: null, known: own !== undefined };
}

/** The unit mode of a vendor's word; null where it has none of ours. */
export function modeOf(raw: string, template: Template | undefined): UnitMode | null {
  return template?.modes[raw] ?? modeByWord.get(raw.trim().toLowerCase()) ?? null;
}

/** A value as a word: LocalizedText and QualifiedName give their text, numbers their digits. */
export function wordOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if ('text' in value && typeof value.text === 'string') return value.text;
  if ('name' in value && typeof value.name === 'string') return value.name;
  return value.toString();
}

/** True for true and for numbers other than 0 (PLCs without a Boolean). */
export const isTrue = (value: unknown): boolean =>
  value === true || (typeof value === 'number' && value !== 0);

/** OPC UA built-in types: 8 Int64 and 9 UInt64 come as two 32 bit halves. */
const int64 = 8;
const uint64 = 9;

/** A value as a finite number, or null. Booleans are 0 and 1. */
export function numberOf(value: unknown, dataType: number): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if ((dataType === int64 || dataType === uint64) && Array.isArray(value)) {
    const [high, low] = value as [number, number];
    return (dataType === int64 ? high | 0 : high >>> 0) * 2 ** 32 + (low >>> 0);
  }
  return null;
}
