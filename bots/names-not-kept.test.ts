/** What people write of a cause may name somebody; what is kept and shown names nobody. */
import { expect, test } from 'vitest';
import type { Person, Verb } from '../plant/person.ts';
import { at, before, trips } from './testing/story.ts';
import { openWorld } from './testing/world.ts';

const sam: Person = { id: 'sam', name: 'Sam Keller', role: 'supervisor', lines: [] };
const ole: Person = { id: 'ole', name: 'Ole', role: 'operator', lines: [] };

test('a cause in no list is kept in the words it was said in, but for names', async () => {
  const world = await openWorld({ people: [sam, ole], start: at('14:30') });
  try {
    for (const batch of before()) await world.record(batch);
    world.set(at('14:45'));
    await world.record(trips());
    await world.watch();
    const context = world.contextFor('web');
    const alert = (await context.alerts())[0]?.alert ?? '';
    const press = async (verb: Verb, subject: string, inputs: Record<string, string> = {}) => {
      const card = await context.press({ verb, subject, inputs, person: sam, surface: 'web', place: 'page' });
      if (card.kind !== 'correction') throw new Error(`a ${card.kind}`);
      return card;
    };
    const { correction } = await press('wrong_cause', alert);
    const asked = await press('reword_cause', correction, {
      words: 'it was ole, a bird flew to Keller at the packer',
    });
    const other = asked.buttons.find(({ subject }) => subject.endsWith('|other'));
    const draft = await press('choose_cause', other?.subject ?? '');
    const confirm = draft.buttons.find(({ verb }) => verb === 'confirm_cause');
    const record = await press('confirm_cause', confirm?.subject ?? '');
    expect(record.facts).toContainEqual({
      label: 'In their words',
      value: '"somebody, a bird flew to somebody at the packer"',
    });
    const told = JSON.stringify([asked, draft, record, await context.alerts()]);
    expect(told).not.toMatch(/\b(?:Ole|ole|Sam|Keller)\b/);
    const kept = await world.memory.pool.query('select * from correction');
    expect(JSON.stringify(kept.rows)).not.toMatch(/\b(?:Ole|ole|Keller)\b/);
  } finally {
    await world.close();
  }
});
