import { expect, test } from 'vitest';
import { lostOf } from './gaps.ts';
import { itemOf, type Role } from './items.ts';

test('where every machine misses something, it is one gap of the source that says what', () => {
  const item = (equipment: string, role: Role) => itemOf(equipment, role, '', `${equipment}.${role}`);
  const [state, torque] = [item('a', 'state'), item('a', 'signal')];
  const [other, level] = [item('b', 'state'), item('b', 'signal')];
  const system = item('label-server', 'system');
  const watched = [state, torque, other, level, system];
  expect(lostOf(watched, [torque, level])).toEqual([
    {
      equipment: null,
      only: 'values',
      why: "No connection; only states are known, from the server's history",
    },
  ]);
  // That of one the state is missing too takes nothing from the others.
  expect(lostOf(watched, [state, torque, level])).toMatchObject([
    { equipment: 'a', why: "No connection; the server's history does not have everything" },
    { equipment: 'b', only: 'values' },
  ]);
  expect(lostOf(watched, [torque, level, system])).toMatchObject([
    { equipment: null, only: 'values' },
    { equipment: 'label-server' },
  ]);
  expect(lostOf(watched, [state, other])).toMatchObject([{ equipment: null }]);
  expect(lostOf(watched, [state, torque])).toEqual([
    { equipment: 'a', why: "No connection; the server's history does not have everything" },
  ]);
  expect(lostOf(watched, watched)).toMatchObject([{ equipment: null, why: 'No connection to the server' }]);
  expect(lostOf(watched, [])).toEqual([]);
});
