import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { playStory } from './docs-story.ts';
import { root } from './source-files.ts';
import { wrapped } from './wrapped.ts';

const questions = ['why did line 3 stop?', 'how long?', 'did it stop at 11:30?'];
const between = /(<!-- transcript -->\n)[^]*?(<!-- \/transcript -->)/;

/** Rewritten by `npx vitest run check/docs-transcript.test.ts -u`. */
test('the transcript in README.md is what Andon answers', async () => {
  const answers = await playStory(questions);
  const [why] = answers;
  expect(why?.diagnosis).toMatchObject({ cause: 'component_stockout', place: 'line-3.supply' });
  expect(new Set(why?.evidence.map(({ system }) => system)).size).toBeGreaterThan(1);
  const said = answers.map(({ firstLine, text }, index) =>
    // A follow-up repeats the answer before it below its first line.
    [`> ${questions[index]}`, firstLine, ...(index === 0 && text ? ['', text] : [])].join('\n'),
  );
  const block = said
    .join('\n\n')
    .split('\n')
    .map((line) => wrapped(line))
    .join('\n');
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect(readme).toMatch(between);
  const expected = readme.replace(
    between,
    (_, open, close) => `${open}\`\`\`text\n${block}\n\`\`\`\n${close}`,
  );
  await expect(expected).toMatchFileSnapshot('../README.md');
});
