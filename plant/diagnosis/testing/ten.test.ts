import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { diagnosis } from '../diagnosis.ts';
import { ten } from './ten.ts';

describe.each(Object.entries(ten))('%s', (_, tell) => {
  const told = tell();
  const found = diagnose(told.case);

  it('names the cause and the place', () => {
    const { cause, place, machine, abstained } = found;
    expect({ cause, place, machine, abstained }).toEqual({
      cause: told.cause,
      place: told.place,
      machine: told.machine,
      abstained: false,
    });
  });

  it('keeps to its shape and shows evidence of two sources or more', () => {
    expect(() => diagnosis.parse(found)).not.toThrow();
    const known = new Set(found.evidence.map(({ id }) => id));
    for (const claim of found.claims) for (const id of claim.evidence) expect(known).toContain(id);
    for (const one of found.candidates)
      for (const id of [...one.for, ...one.against]) expect(known).toContain(id);
    expect(found.candidates[0]?.for.length).toBeGreaterThan(0);
  });

  it('goes from the origin to the end of the line without a break', () => {
    const { chain, place } = found;
    expect(chain[0]?.from).toBe(place);
    expect(chain.at(-1)?.to).toBe('line-3.palletizer');
    for (const [index, step] of chain.slice(1).entries()) expect(step.from).toBe(chain[index]?.to);
  });
});
