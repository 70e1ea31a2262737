import { expect, test } from 'vitest';
import type { Decision } from './decision.ts';
import { rankResponses } from './response.ts';

const decision = (
  id: string,
  response: string,
  outcome: Decision['outcome'],
  over: Partial<Decision> = {},
): Decision => ({
  id,
  revision: 1,
  status: 'confirmed',
  kind: 'response',
  line: 'line-3',
  equipment: null,
  exception: null,
  cause: 'consumable_empty',
  whatHappened: 'caps ran out',
  constraint: 'forklift busy',
  options: [],
  response,
  steps: ['walk'],
  tradeoffs: [],
  proposedBy: 'supervisor',
  decidedBy: 'supervisor',
  decidedAt: `2026-11-1${id}T08:00:00Z`,
  validFrom: '2026-11-10T08:00:00Z',
  validTo: null,
  outcome,
  source: { surface: 'web', place: null, link: null },
  recordedAt: '2026-11-10T08:00:00Z',
  ...over,
});
const outcome = (status: 'worked' | 'failed', minutesToRun: number | null = 6) => ({
  status,
  text: '',
  minutesToRun,
  at: '2026-11-12T08:00:00Z',
});

test('what worked here comes first, what failed is not said again, standard moves fill up', () => {
  const decided = [
    decision('1', 'Borrow caps from line 1', outcome('worked')),
    decision('2', 'Wait for the forklift', outcome('failed')),
    decision('3', 'Refill from the spare box', null),
  ];
  const ranked = rankResponses('consumable_empty', decided, (iso) => iso.slice(0, 10));
  expect(ranked.map((one) => one.label)).toEqual([
    'Borrow caps from line 1',
    'Refill from the spare box',
    'Refill now and send the forklift for the next load',
  ]);
  expect(ranked[0]?.lastTime).toBe('Decided 2026-11-11; it worked, the line ran again 6 min later.');
  expect(rankResponses('drive_trip', decided, String).some((one) => one.id.startsWith('decision:'))).toBe(
    false,
  );
});

test('proposals are not precedents, and an unknown cause gets the one thing that is always right', () => {
  expect(
    rankResponses('consumable_empty', [decision('1', 'Not yet', null, { status: 'proposed' })], String).map(
      (one) => one.label,
    ),
  ).not.toContain('Not yet');
  expect(rankResponses('unknown', [], String)[0]?.label).toContain('Go and look');
});
