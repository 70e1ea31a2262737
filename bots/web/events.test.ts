/** What open pages hear of by themselves. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts } from '../../memory/exceptions/alerts.ts';
import type { Person } from '../../plant/person.ts';
import { at, before, trips } from '../testing/story.ts';
import { openWorld, type World } from '../testing/world.ts';
import web from './index.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };
let world: World;
beforeAll(async () => {
  world = await openWorld({ people: [sam], start: at('14:30') });
  world.add(await web.open({}, world.contextFor('web')));
  for (const batch of before()) await world.record(batch);
  world.set(at('14:45'));
  await world.record(trips());
});
afterAll(() => world.close());

test('a page hears that something changed, and nothing more: it reads the rest itself', async () => {
  const gone = new AbortController();
  const response = await fetch(`${world.http.url}/api/events`, { signal: gone.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await world.watch();
  const [open] = await listAlerts(world.memory.pool);
  await world.contextFor('web').press({
    verb: 'acknowledge',
    subject: open?.alert.id ?? '',
    person: sam,
    surface: 'web',
    place: 'page',
  });
  let heard = '';
  while (!heard.includes('event: change')) heard += (await reader?.read())?.value ?? '';
  gone.abort();
  expect(heard).toBe('retry: 2000\n\nevent: change\ndata: {}\n\n');
  const { rows } = await world.memory.pool.query(`select * from outbox where surface = 'web'`);
  expect(rows).toEqual([]);
});
