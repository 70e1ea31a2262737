import { expect, it } from 'vitest';
import { eventJson } from './rows.ts';
import { recordAt } from './testing.ts';

it('tells keys apart that differ only where an index does not reach', () => {
  const at = Date.parse('2026-11-20T10:00:00Z');
  const keyed = (end: string) =>
    recordAt({
      kind: 'note',
      text: 'x',
      at,
      key: `${'k'.repeat(600)}${end}`,
      version: `${'v'.repeat(600)}${end}`,
    });
  const rows = JSON.parse(eventJson([keyed('1'), keyed('2'), keyed('2')])) as { i: string; v: string }[];
  for (const part of ['i', 'v'] as const) {
    expect(new Set(rows.map((row) => row[part])).size).toBe(2);
    expect(Math.max(...rows.map((row) => row[part].length))).toBe(500);
  }
});
