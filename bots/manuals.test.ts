/** What docs/slack.md and docs/teams.md tell people to paste is what Andon takes and needs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { person } from '../plant/person.ts';
import slack from './slack/index.ts';
import teams from './teams/index.ts';

const fenced = (page: string, language: string): string[] => {
  const text = readFileSync(join(import.meta.dirname, '..', 'docs', page), 'utf8');
  return [...text.matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map(
    ([, code]) => code ?? '',
  );
};
type Pasted = { surfaces: Record<string, unknown>; people: unknown[] };

test.each([
  ['slack.md', 'slack', slack.options],
  ['teams.md', 'teams', teams.options],
] as const)('the configuration in %s is one that Andon takes', (page, name, options) => {
  const pasted = fenced(page, 'yaml')
    .map((code) => parse(code) as Pasted)
    .find(({ surfaces }) => surfaces);
  expect(options.safeParse(pasted?.surfaces[name])).toMatchObject({ success: true });
  for (const one of pasted?.people ?? []) expect(person.parse(one)[name]).toBeTypeOf('string');
});

test('the Slack manifest asks for the events and scopes that are used, and no others', () => {
  const manifest = parse(fenced('slack.md', 'yaml')[0] ?? '') as {
    oauth_config: { scopes: { bot: string[] } };
    settings: Record<string, unknown> & { event_subscriptions: { bot_events: string[] } };
  };
  expect(manifest.settings.event_subscriptions.bot_events).toEqual(['app_mention', 'message.im']);
  expect(manifest.settings).toMatchObject({ interactivity: { is_enabled: true }, socket_mode_enabled: true });
  expect(manifest.oauth_config.scopes.bot).toEqual([
    'app_mentions:read',
    'channels:history',
    'chat:write',
    'files:write',
    'groups:history',
    'im:history',
  ]);
});

test('the Teams manifest is valid JSON within the lengths of its schema', () => {
  const manifest = JSON.parse(fenced('teams.md', 'json')[0] ?? '') as {
    name: { short: string };
    description: { short: string };
    bots: {
      botId: string;
      scopes: string[];
      commandLists: { commands: { title: string; description: string }[] }[];
    }[];
    id: string;
  };
  expect(manifest.name.short.length).toBeLessThanOrEqual(30);
  expect(manifest.description.short.length).toBeLessThanOrEqual(80);
  expect(manifest.bots[0]).toMatchObject({ botId: manifest.id, scopes: ['personal', 'team', 'groupChat'] });
  for (const { title, description } of manifest.bots[0]?.commandLists[0]?.commands ?? []) {
    expect(title.length).toBeLessThanOrEqual(32);
    expect(description.length).toBeLessThanOrEqual(128);
  }
});
