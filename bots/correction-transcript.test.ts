/** docs/transcripts/correction.md: a cause that was wrong, from the question to the next such stop. */
import { expect, test } from 'vitest';
import type { Answer, CorrectionMessage } from '../plant/message.ts';
import type { Person } from '../plant/person.ts';
import { iso } from '../plant/time.ts';
import { localClock } from '../plant/say/local-time.ts';
import { at, before, trips, tripsAgain } from './testing/story.ts';
import { openWorld } from './testing/world.ts';
import { formFacts } from './words/answer.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };
const ole: Person = { id: 'ole', name: 'Ole', role: 'operator', lines: [] };

test('a wrong cause, corrected, and the next such stop', async () => {
  const world = await openWorld({ people: [sam, ole], start: at('14:30') });
  const script = [
    '# A cause that was wrong',
    'Written by `bots/correction-transcript.test.ts` from the real product over a small plant; the clock and the records are the test’s. Buttons stand in brackets.',
  ];
  const quote = (lines: string[]) =>
    script.push(lines.flatMap((line) => line.split('\n').map((one) => `> ${one}`)).join('\n>\n'));
  const minute = () => localClock(world.clock(), 'Europe/Berlin');
  const did = (who: string, what: string) => script.push(`**${minute()} ${who}** ${what}`);
  const labels = ({ buttons }: Answer | CorrectionMessage) =>
    buttons.map(({ label }) => `\\[${label}]`).join(' ');
  const ask = async (person: Person, text: string): Promise<Answer> => {
    did(`${person.name}, ${person.role}`, `writes: “${text}”`);
    const context = world.contextFor('web');
    const answer = await context.ask({ text, thread: 'one', person, surface: 'web' });
    did('Andon', 'answers:');
    quote([`**${answer.firstLine}**`, ...answer.text.split('\n\n'), labels(answer)]);
    return answer;
  };
  const press = async (person: Person, verb: 'confirm_cause', subject: string, label: string) => {
    did(`${person.name}, ${person.role}`, `presses [${label}]`);
    const context = world.contextFor('web');
    const reply = await context
      .press({ verb, subject, person, surface: 'web', place: 'page' })
      .catch((error: Error) => error);
    if (reply instanceof Error) return void quote([reply.message]);
    const facts = reply.kind === 'correction' ? formFacts(reply) : [];
    quote([`**${reply.firstLine}**`, ...facts.map(({ label: of, value }) => `${of}: ${value}`)]);
  };
  try {
    for (const batch of before()) await world.record(batch);
    world.set(at('14:45'));
    await world.record(trips());
    await world.watch();
    await ask(ole, 'why did line 3 stop?');
    world.set(at('14:46'));
    const draft = await ask(ole, 'no, it was a safety stop at the capper');
    const confirm = draft.buttons.find(({ verb }) => verb === 'confirm_cause')?.subject ?? '';
    await press(ole, 'confirm_cause', confirm, 'Confirm');
    world.set(at('14:48'));
    await press(sam, 'confirm_cause', confirm, 'Confirm');
    const [alert] = await world.contextFor('web').alerts();
    did('Andon', 'changes its alert in place:');
    quote([`**${alert?.firstLine ?? ''}**`, ...(alert?.history ?? [])]);

    script.push('An hour later the same alarm comes again.');
    const later = tripsAgain();
    const runs = later.records
      .filter((one) => one.kind === 'state')
      .map((one) => {
        const when = iso(at('15:00'));
        const key = `${one.equipment}@${when}`;
        return {
          ...one,
          key,
          at: when,
          observedAt: when,
          state: 'Execute' as const,
          waiting: null,
          raw: 'Execute',
        };
      });
    world.set(at('15:01'));
    await world.record({ ...later, records: runs });
    await world.watch();
    world.set(at('15:45'));
    await world.record(later);
    const next = await ask(sam, 'why did line 3 stop?');
    // One stop is no history; from the second on it is told.
    expect(next.text).not.toContain('of the last');
    await expect(`${script.join('\n\n')}\n`).toMatchFileSnapshot('../docs/transcripts/correction.md');
  } finally {
    await world.close();
  }
});
