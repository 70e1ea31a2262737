import { expect, test } from 'vitest';
import type { Decision } from './decision.ts';
import { catalogue } from './diagnosis/causes/catalogue.ts';
import { bottlingPlant } from './diagnosis/testing/plants.ts';
import { rankResponses } from './response.ts';

const plant = bottlingPlant();
const at = (cause: string, place: string | null = 'line-3.packer') => ({ line: 'line-3', cause, place });

const decision = (
  id: string,
  response: string,
  outcome: Decision['outcome'],
  over: Partial<Decision> = {},
): Decision => ({
  id,
  revision: 1,
  status: 'confirmed',
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
  const ranked = rankResponses(plant, at('consumable_empty'), decided, (iso) => iso.slice(0, 10));
  expect(ranked.map((one) => one.label)).toEqual([
    'Borrow caps from line 1',
    'Refill from the spare box',
    'Refill now and send the forklift for the next load',
  ]);
  expect(ranked[0]?.lastTime).toBe('Decided 2026-11-11; it worked, the line ran again 6 min later.');
  expect(
    rankResponses(plant, at('drive_trip'), decided, String).some((one) => one.id.startsWith('decision:')),
  ).toBe(false);
});

test('proposals are not precedents, and an unknown cause gets the one thing that is always right', () => {
  expect(
    rankResponses(
      plant,
      at('consumable_empty'),
      [decision('1', 'Not yet', null, { status: 'proposed' })],
      String,
    ).map((one) => one.label),
  ).not.toContain('Not yet');
  expect(rankResponses(plant, at('unknown', null), [], String)[0]?.label).toContain('Go and look');
});

test('each cause of the catalogue has a first move: its own look where there is no standard one', () => {
  expect(catalogue.length).toBeGreaterThan(25);
  for (const { id } of catalogue)
    expect(rankResponses(plant, at(id), [], String)[0]?.why, id).not.toContain('not enough to choose');
  const [look] = rankResponses(plant, at('safety_stop'), [], String);
  expect(look).toMatchObject({
    label: 'Look at the safety circuit of the packer',
    steps: [
      'Look at the safety circuit of the packer: is a door open or an emergency stop pressed?',
      'Tell Andon what you saw',
    ],
  });
  for (const none of ['other', 'unknown'])
    expect(rankResponses(plant, at(none), [], String)[0]?.why).toContain('not enough to choose');
});
