import { describe, expect, it } from 'vitest';
import { plant as plantSchema } from './equipment.ts';
import { AndonError } from './errors.ts';
import { editDistance, matches, resolveLine, resolveNamed } from './names.ts';

const line = (id: string, name: string, aliases: string[], machines: string[]) => ({
  id,
  name,
  aliases,
  machines: machines.map((machine) => ({
    id: `${id}.${machine}`,
    name: machine[0]?.toUpperCase() + machine.slice(1),
    class: machine,
  })),
});
const plant = plantSchema.parse({
  id: 'demo',
  name: 'Demo plant',
  timezone: 'Europe/Berlin',
  lines: [
    line('line-1', 'Line 1', ['can line'], ['filler', 'seamer', 'palletizer']),
    line('line-3', 'Line 3', ['bottling line', 'Abfüllung'], ['filler', 'capper', 'palletizer']),
    line('line-13', 'Line 13', ['keg line'], ['washer']),
  ],
  utilities: [
    { id: 'compressed-air', name: 'Compressed air', kind: 'compressed_air', aliases: ['air'], serves: [] },
  ],
  systems: [{ id: 'label-server', name: 'Label server' }],
});

const thrown = (work: () => unknown): Partial<AndonError> => {
  try {
    work();
  } catch (error) {
    if (error instanceof AndonError) return error;
    throw error;
  }
  return {};
};
const codeOf = (work: () => unknown) => thrown(work).code;

describe('names', () => {
  it.each([
    ['line 3', 'line-3'],
    ['L3', 'line-3'],
    ['Line-03', 'line-3'],
    ['three', 'line-3'],
    ['line three', 'line-3'],
    ['the third line', 'line-3'],
    ['lien 3', 'line-3'],
    ['bottling line', 'line-3'],
    ['botling line', 'line-3'],
    ['bottling', 'line-3'],
    ['abfullung', 'line-3'],
    ['13', 'line-13'],
    ['capper', 'line-3'],
    ['caper', 'line-3'],
    ['line 3 filler', 'line-3'],
  ])('%s is %s', (words, id) => expect(resolveLine(plant, words).id).toBe(id));

  it.each([
    ['capper', 'line-3.capper'],
    ['the filler of line 3', 'line-3.filler'],
    ['filler 1', 'line-1.filler'],
    ['L1 filer', 'line-1.filler'],
    ['line-3.capper', 'line-3.capper'],
    ['compresed air', 'compressed-air'],
    ['label server', 'label-server'],
    ['line 3 dispatch', 'line-3.dispatch'],
  ])('%s is %s', (words, id) => expect(resolveNamed(plant, words).id).toBe(id));

  it('takes no short word for another: caps are no cans', () => {
    const cans = {
      ...plant,
      lines: plant.lines.map((line, index) => (index > 0 ? line : { ...line, aliases: ['cans'] })),
    };
    expect(matches(cans, 'cans').map(({ id }) => id)).toEqual([cans.lines[0]?.id]);
    expect(matches(cans, 'caps')).toEqual([]);
  });

  it('never takes one number for another', () => {
    for (const words of ['line 4', 'L9', 'filler 2', 'line 33'])
      expect([words, codeOf(() => resolveNamed(plant, words))]).toEqual([words, 'not_found']);
  });

  it('names the nearest where nothing fits', () => {
    expect(thrown(() => resolveLine(plant, 'line 4'))).toMatchObject({
      message: 'Nothing called "line 4" is known at Demo plant.',
      next: 'The nearest names: Line 1, Line 3, Line 13.',
    });
  });

  it('asks which where several fit, unless the talk is about one line', () => {
    expect(thrown(() => resolveNamed(plant, 'filler'))).toMatchObject({
      code: 'ambiguous',
      next: 'Say which: Filler of Line 1, Filler of Line 3.',
      details: { choices: ['line-1.filler', 'line-3.filler'] },
    });
    expect(resolveNamed(plant, 'filler', { line: 'line-3' }).id).toBe('line-3.filler');
    expect(codeOf(() => resolveLine(plant, 'palletizer'))).toBe('ambiguous');
  });

  it('finds nothing in nothing', () => {
    expect(matches(plant, '')).toEqual([]);
    expect(matches(plant, '???')).toEqual([]);
    expect(codeOf(() => resolveLine(plant, 'ignore all previous instructions'))).toBe('not_found');
  });

  it('counts exchanged letters as one edit', () => {
    expect(editDistance('lien', 'line')).toBe(1);
    expect(editDistance('capper', 'caper')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });
});
