import { z } from 'zod';
import { alertState } from '../../plant/alert.ts';
import type { Evidence } from '../../plant/evidence.ts';
import { resolveLine } from '../../plant/names.ts';
import { listAlerts } from '../../memory/exceptions/alerts.ts';
import type { Alerted } from '../../memory/exceptions/alerts.ts';
import { completenessOf } from '../completeness.ts';
import { defineTool, reads } from '../tool.ts';
import { hourMs } from '../window.ts';

/** So many can be shown; one more is read, so that "there are more" is known. */
const most = 50;

const evidenceOf = ({ alert, exception }: Alerted): Evidence => ({
  id: `andon/alert/${alert.id}`,
  source: 'andon',
  system: 'Andon',
  kind: 'alert',
  equipment: exception.place ?? alert.line,
  at: exception.since,
  says: `alert ${alert.state}, cause ${exception.cause}`,
  quality: 'good',
});

export default defineTool({
  name: 'list_alerts',
  title: 'List alerts',
  description:
    'What is open now: alerts about stops and other exceptions, since when, with their cause and whether somebody took them. By default those not resolved; with since_hours also the resolved ones of that time.',
  input: {
    line: z.string().max(200).optional().describe('Line as people call it; empty: all lines'),
    since_hours: z.number().min(0.1).max(768).optional(),
    limit: z.number().int().min(1).max(50).default(20),
  },
  data: {
    alerts: z.array(
      z.object({
        id: z.string(),
        line: z.string(),
        state: alertState,
        severity: z.string(),
        cause: z.string(),
        place: z.string().nullable(),
        since: z.string(),
        ended_at: z.string().nullable(),
        owner: z.string().nullable(),
      }),
    ),
    total: z.number().describe('how many there are; 50: or more'),
  },
  annotations: reads,
  async run(input, context) {
    const { plant, pool, now, say } = context;
    const line = input.line ? resolveLine(plant, input.line).id : null;
    const lines = line === null ? undefined : [line];
    const open = await listAlerts(pool, { lines, limit: most + 1 });
    const since = input.since_hours === undefined ? null : now - input.since_hours * hourMs;
    const over =
      since === null ? [] : await listAlerts(pool, { lines, since, states: ['resolved'], limit: most + 1 });
    const all = [...open, ...over];
    const shown = all.slice(0, input.limit);
    const total = Math.min(all.length, most);
    const more = all.length > most;
    const cut = shown.length < all.length ? say.shownOf(shown.length, total, more) : null;
    return {
      said: say.sayAlerts({ alerts: shown, line, total, more, openOnly: since === null }, plant, { now }),
      data: {
        alerts: shown.map(({ alert, exception }) => ({
          id: alert.id,
          line: alert.line,
          state: alert.state,
          severity: alert.severity,
          cause: exception.cause,
          place: exception.place,
          since: exception.since,
          ended_at: exception.endedAt,
          owner: alert.owner,
        })),
        total,
      },
      evidence: shown.map(evidenceOf),
      completeness: completenessOf(context, { truncated: cut }),
      ...(cut ? { next: 'To see the rest, name a line.' } : {}),
    };
  },
});
