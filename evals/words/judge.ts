import { checkGrounding } from '../../agents/copilot/grounding.ts';
import { person } from '../../plant/person.ts';
import { now } from '../../agents/copilot/testing/floor.ts';
import { scenePlant, type Scene } from './scenes.ts';

export const scenePeople = [person.parse({ id: 'miller', name: 'Anna Miller', role: 'operator' })];

export type Judge = (
  scene: Scene,
  firstLine: string,
  sentences: readonly string[],
) => {
  sent: boolean;
  text: string;
  why: string | null;
};

/** The product's own check of a model's words, against the results of the scene. */
export const productCheck: Judge = (scene, firstLine, sentences) => {
  const checked = checkGrounding({
    text: [firstLine, '', ...sentences].join('\n'),
    results: [{ tool: 'explain_stop', structured: scene.structured, refused: null }],
    plant: scenePlant,
    people: scenePeople,
    now,
  });
  return {
    sent: checked.sent,
    text: checked.text,
    why: checked.dropped.map(({ sentence, why }) => `${sentence} (${why})`)[0] ?? null,
  };
};

/** Does the sentence reach the reader, as first line or among sentences taken over from the tool? */
export function reaches(judge: Judge, scene: Scene, sentence: string, as: 'opening' | 'body'): boolean {
  const own = String(scene.structured['first_line']);
  if (as === 'opening') return judge(scene, sentence, ownSentences(scene)).sent;
  const { sent, text } = judge(scene, own, [...ownSentences(scene), sentence]);
  // A link is taken out of a sentence before it is sent; what is left of it would still be the lie.
  return sent && text.split('\n').filter((line) => line.trim() !== '').length > ownSentences(scene).length;
}

const ownSentences = ({ structured }: Scene): string[] =>
  (structured['claims'] as { text: string }[])
    .map(({ text }) => text)
    .filter((text) => !text.includes('IGNORE') && text !== structured['first_line'])
    .slice(0, 5);
