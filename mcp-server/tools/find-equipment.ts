import { z } from 'zod';
import { allNamed, matches, resolveNamed } from '../../plant/names.ts';
import { completenessOf } from '../completeness.ts';
import { defineTool, reads } from '../tool.ts';

const named = z.object({
  id: z.string(),
  kind: z.enum(['line', 'machine', 'supply', 'dispatch', 'utility', 'system']),
  name: z.string(),
  aliases: z.array(z.string()),
  line: z.string().nullable(),
});

export default defineTool({
  name: 'find_equipment',
  title: 'Find equipment',
  description:
    'Find lines, machines, utilities and IT systems by name, alias or typo ("L3", "botling line", "capper on line 3"). Without words: the whole plant. Other tools take the same words, so call this only to look around or when a name was not found.',
  input: {
    words: z.string().max(200).optional().describe('Name as people say it; empty: everything'),
    limit: z.number().int().min(1).max(200).default(60),
  },
  data: { equipment: z.array(named), total: z.number() },
  annotations: reads,
  async run({ words, limit }, context) {
    const { plant, say } = context;
    const asked = words?.trim() ? words : null;
    const all = asked === null ? allNamed(plant) : matches(plant, asked);
    if (asked !== null && all.length === 0) resolveNamed(plant, asked);
    const found = all.slice(0, limit);
    return {
      said: say.sayEquipment({ found, asked, total: all.length }, plant),
      data: {
        equipment: found.map(({ id, kind, name, aliases, line }) => ({
          id,
          kind,
          name,
          aliases: [...aliases],
          line,
        })),
        total: all.length,
      },
      evidence: [],
      completeness: completenessOf(
        { ...context, health: [] },
        { truncated: found.length < all.length ? say.shownOf(found.length, all.length) : null },
      ),
      ...(found.length < all.length
        ? { next: `Ask again with limit ${Math.min(200, all.length)}, or with words.` }
        : {}),
    };
  },
});
