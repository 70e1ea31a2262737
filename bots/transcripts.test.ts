/** The transcripts in docs/transcripts: the same hour through Slack, through Teams and on the page. */
import { expect, test } from 'vitest';
import { recallDecisions } from '../memory/decisions/recall.ts';
import type { Person } from '../plant/person.ts';
import type { Door } from './testing/doors/door.ts';
import { playHour, type Played } from './testing/hour.ts';
import { openPageDoor } from './testing/doors/page.ts';
import { openSlackDoor, slackPeople } from './testing/doors/slack.ts';
import { openTeamsDoor, teamsIds } from './testing/doors/teams.ts';
import { at } from './testing/story.ts';
import { openTestSlack } from './testing/slack.ts';
import { openTestTeams } from './testing/teams.ts';
import { openWorld, type World } from './testing/world.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };

async function play(people: Person[], open: (world: World) => Promise<Door>): Promise<Played> {
  const world = await openWorld({ people, start: at('14:30') });
  try {
    const played = await playHour(world, await open(world));
    expect(world.logged).toEqual([]);
    const kept = await recallDecisions(world.memory, { line: 'line-3', limit: 5 });
    expect(kept.map(({ decision }) => decision.status)).toEqual(['confirmed']);
    return played;
  } finally {
    await world.close();
  }
}

/** What must hold whatever the words are. */
function checkHour({ answer, alert, draft, record, over, again }: Played): void {
  expect(answer.first).toMatch(/^Line 3 stopped at 13:02/);
  expect(alert.first).toContain('14:42');
  expect(alert.buttons.length).toBeGreaterThanOrEqual(3);
  expect(draft.first).toMatch(/^Draft/);
  expect(record.first).toMatch(/^Decided by the supervisor at 14:48/);
  expect(record.id).toBe(draft.id);
  expect(record.buttons).toEqual(['Take back']);
  expect(over.id).toBe(alert.id);
  expect(over.buttons).toEqual(['Right cause', 'Wrong cause']);
  expect(over.rest.join('\n')).toContain('Over');
  const response = record.first.replace(/^.*?: Line 3, /, '');
  expect(`${again.first}\n${again.rest.join('\n')}`.toLowerCase()).toContain(
    response.toLowerCase().slice(0, 40),
  );
}

test('in Slack', async () => {
  const workspace = await openTestSlack({ channels: ['line-3'], people: ['sam'] });
  try {
    const played = await play(slackPeople([sam], workspace), (world) => openSlackDoor(world, workspace));
    checkHour(played);
    await expect(played.text).toMatchFileSnapshot('../docs/transcripts/slack.md');
  } finally {
    await workspace.close();
  }
});

test('in Teams', async () => {
  const fake = await openTestTeams();
  try {
    const played = await play([{ ...sam, teams: teamsIds.aadObjectId }], (world) =>
      openTeamsDoor(world, fake),
    );
    checkHour(played);
    await expect(played.text).toMatchFileSnapshot('../docs/transcripts/teams.md');
  } finally {
    await fake.close();
  }
});

test('on the page', async () => {
  const played = await play([sam], openPageDoor);
  checkHour(played);
  await expect(played.text).toMatchFileSnapshot('../docs/transcripts/page.md');
});
