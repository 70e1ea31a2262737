/** One scripted hour, the same on every surface, written down as a person sees it. */
import { localClock } from '../../plant/say/local-time.ts';
import { at, before, runsAgain, trips } from './story.ts';
import type { Door, Seen } from './doors/door.ts';
import type { World } from './world.ts';

export type Played = {
  text: string;
  answer: Seen;
  alert: Seen;
  draft: Seen;
  record: Seen;
  over: Seen;
  again: Seen;
};

/** Plays it: ask, be told, decide, see it end, ask again. */
export async function playHour(world: World, door: Door): Promise<Played> {
  const script: string[] = [
    `# One hour ${door.title}`,
    'Written by `bots/transcripts.test.ts` from the real product over a small plant; the clock and the records are the test’s. Buttons stand in brackets.',
  ];
  const minute = () => localClock(world.clock(), 'Europe/Berlin');
  const person = (did: string) => script.push(`**${minute()} Sam, supervisor** ${did}`);
  const andon = (did: string, seen: Seen) => {
    script.push(`**${minute()} Andon** ${did}`, quoted(seen));
    return seen;
  };
  const set = (time: string) => world.set(at(time));

  set('14:30');
  for (const batch of before()) await world.record(batch);
  person(`asks ${door.where}: “why did line 3 stop?”`);
  const answer = andon('answers:', await door.ask('why did line 3 stop?'));

  set('14:45');
  await world.record(trips());
  await world.watch();
  const alert = andon('speaks up by itself:', await door.alert());

  set('14:47');
  const best = alert.buttons.find((label) => label.startsWith('Do this')) ?? 'Do this';
  person(`presses [${best}]`);
  const draft = andon('drafts the decision:', await door.press(alert, 'Do this'));

  set('14:48');
  person('presses [Confirm]');
  const record = andon('puts the record in the place of the draft:', await door.press(draft, 'Confirm'));

  set('15:00');
  await world.record(runsAgain());
  await world.watch();
  const over = andon('changes its alert in place:', await door.alert());

  set('15:20');
  person('asks: “what did we decide last time?”');
  const again = andon('answers:', await door.ask('what did we decide last time?'));
  return { text: `${script.join('\n\n')}\n`, answer, alert, draft, record, over, again };
}

/** As a quotation in Markdown; what the records hold stays text there too. */
function quoted({ first, rest, buttons }: Seen): string {
  const pressable = buttons.map((label) => `[${plain(label)}]`).join(' ');
  const blocks = [
    `**${plain(first)}**`,
    ...rest.map(plain),
    ...(buttons.length > 0 ? [pressable.replaceAll('[', '\\[')] : []),
  ];
  return blocks
    .flatMap((block) => [...block.split('\n').map((line) => `> ${line}`), '>'])
    .slice(0, -1)
    .join('\n');
}
const plain = (text: string): string => text.trim().replace(/[<*_`]/g, (sign) => `\\${sign}`);
