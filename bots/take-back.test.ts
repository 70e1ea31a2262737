/** A decision that was confirmed is taken back, on every surface: it is kept, and holds no longer. */
import { describe, expect, test } from 'vitest';
import { recallDecisions } from '../memory/decisions/recall.ts';
import type { Person } from '../plant/person.ts';
import { openPageDoor } from './testing/doors/page.ts';
import { openSlackDoor, slackPeople } from './testing/doors/slack.ts';
import { openTeamsDoor, teamsIds } from './testing/doors/teams.ts';
import type { Door } from './testing/doors/door.ts';
import { openTestSlack } from './testing/slack.ts';
import { at, before, runsAgain, trips } from './testing/story.ts';
import { openTestTeams } from './testing/teams.ts';
import { openWorld, type World } from './testing/world.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };

/** Decided at 14:48 and taken back at `back`: while the line stands, or after it ran again. Says what was seen. */
async function play(back: string, people: Person[], open: (world: World) => Promise<Door>) {
  const world = await openWorld({ people, start: at('14:30') });
  try {
    const door = await open(world);
    for (const batch of before()) await world.record(batch);
    world.set(at('14:45'));
    await world.record(trips());
    await world.watch();
    const draft = await door.press(await door.alert(), 'Do this');
    world.set(at('14:48'));
    const record = await door.press(draft, 'Confirm');
    if (back > '15:00') {
      world.set(at('15:00'));
      await world.record(runsAgain());
      await world.watch();
    }
    world.set(at(back));
    const taken = await door.press(record, 'Take back');
    await world.watch();
    const { rest: told } = await door.alert();
    world.set(at('15:20'));
    const asked = await door.ask('what did we decide last time?');
    const response = record.first.replace('Decided by the supervisor at 14:48: Line 3, ', '');
    return {
      record: record.buttons,
      taken: taken.first.replace(response, 'it'),
      isInPlace: taken.id === record.id,
      facts: taken.rest.join('\n').includes('by the supervisor at 14:48'),
      buttons: taken.buttons,
      told: [...told.join('\n').matchAll(/\d\d:\d\d The supervisor .*/g)].map(([step]) =>
        step.replace(response, 'it'),
      ),
      recalled: await recallDecisions(world.memory, { line: 'line-3', includeProposed: true }),
      isAnswered: [asked.first, ...asked.rest].join('\n').includes(response),
      kept: await peopleOf(world, response),
      logged: world.logged,
    };
  } finally {
    await world.close();
  }
}

/** Who did what with the decision, oldest first. */
async function peopleOf({ memory }: World, response: string): Promise<string[]> {
  const { rows } = await memory.pool.query<{ status: string; part: string; person: string }>(
    `select d.status, p.part, p.person from decision d
     join decision_person p on p.decision_id = d.id and p.revision = d.revision
     where d.body->>'response' = $1 order by d.revision`,
    [response],
  );
  return rows.map(({ status, part, person }) => `${person} ${part}, ${status}`);
}

const expected = (back: string) => ({
  record: ['Take back'],
  taken: `Taken back by the supervisor at ${back}: Line 3, it`,
  isInPlace: true,
  facts: true,
  buttons: [],
  told: ['14:48 The supervisor decided: it', `${back} The supervisor took back: it`],
  recalled: [],
  isAnswered: false,
  kept: ['sam proposed, proposed', 'sam decided, confirmed', 'sam revoked, revoked'],
  logged: [],
});

describe.each([
  ['while the line stands', '14:50'],
  ['after it ran again', '15:10'],
])('%s', (_, back) => {
  test('in Slack', async () => {
    const workspace = await openTestSlack({ channels: ['line-3'], people: ['sam'] });
    try {
      const people = slackPeople([sam], workspace);
      const seen = await play(back, people, (world) => openSlackDoor(world, workspace));
      expect(seen).toEqual(expected(back));
    } finally {
      await workspace.close();
    }
  });

  test('in Teams', async () => {
    const fake = await openTestTeams();
    try {
      const people = [{ ...sam, teams: teamsIds.aadObjectId }];
      const seen = await play(back, people, (world) => openTeamsDoor(world, fake));
      expect(seen).toEqual(expected(back));
    } finally {
      await fake.close();
    }
  });

  test('on the page', async () => {
    expect(await play(back, [sam], openPageDoor)).toEqual(expected(back));
  });
});
