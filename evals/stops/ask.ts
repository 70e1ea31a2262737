import { understand } from '../../agents/models/offline/en.ts';
import { planOf } from '../../agents/models/offline/plan.ts';
import { plainWords } from '../../plant/names.ts';
import { iso } from '../../plant/time.ts';
import type { Case } from './case.ts';

/** What `explain_stop` is called with. */
type ToolInput = { line: string; at?: string; from?: string; to?: string };

/** Reads the question as the product does without a language model; a time that the case names counts before that. */
export function inputOf(one: Case): ToolInput {
  const { plant, question, askedAt, at } = one;
  const planned = planOf(understand(question, { plant, now: askedAt, context: null }), askedAt, null);
  const call = planned.find(({ tool }) => tool === 'explain_stop');
  const text = (name: string) => {
    const value = call?.args[name];
    return typeof value === 'string' ? { [name]: value } : {};
  };
  const line = text('line')['line'] ?? lineNamed(one);
  if (at !== null) return { line, at: iso(at) };
  return { line, ...text('at'), ...text('from'), ...text('to') };
}

/** The line that the question names; a plant with one line needs no name. */
function lineNamed({ plant, question }: Case): string {
  const asked = ` ${plainWords(question).join(' ')} `;
  const named = plant.lines.find(({ name, aliases }) =>
    [name, ...aliases].some((words) => asked.includes(` ${plainWords(words).join(' ')} `)),
  );
  const line = named ?? plant.lines[0];
  if (!line) throw new Error('the plant of this case has no line');
  return line.id;
}
