import type { Person } from '../../plant/person.ts';

/** What a model provider gets to see, in sentences for the start and the page. `model` as configured. */
export function describesWhatLeaves(model: string): string {
  if (model === 'offline') return 'Answers are phrased on this machine; nothing leaves the plant.';
  const provider = model.split(':')[0] ?? model;
  const to =
    provider === 'ollama'
      ? 'the Ollama server that is configured'
      : `the provider ${provider.charAt(0).toUpperCase()}${provider.slice(1)}`;
  return (
    `Answers are phrased by ${model}. Each question and what the tools returned for it ` +
    `(names of lines and machines, times, alarm texts, order numbers, notes) go to ${to}. ` +
    'Names of the people in the configuration are replaced by their roles first. Alerts and diagnosis never use it.'
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * The text with the names of these people replaced by their roles: full names and ids in any case,
 * single parts of a name only with a capital, so that "will" and "mark" stay words.
 */
export function withoutNames(text: string, people: readonly Person[]): string {
  let safe = text;
  for (const { name, role, id, slack, teams } of people) {
    const said = `the ${role}`;
    const parts = name.split(/\s+/).filter((part) => part.length >= 3);
    const whole = [name, slack, teams, id.length >= 4 ? id : undefined].filter((word) => word !== undefined);
    for (const word of whole) safe = safe.replace(around(word, 'giu'), said);
    for (const part of parts) safe = safe.replace(around(part, 'gu'), said);
  }
  return safe;
}

const around = (word: string, flags: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])@?${escaped(word)}(?![\p{L}\p{N}])`, flags);
