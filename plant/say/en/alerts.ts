import type { AlertRow } from '../../alert.ts';
import type { Plant } from '../../equipment.ts';
import { millis } from '../../time.ts';
import type { IsoTime } from '../../time.ts';
import { durationWords, localWhen } from '../local-time.ts';
import { compose, factual, quoted } from '../said.ts';
import type { Now, Said, Sentence } from '../said.ts';
import { causeLabel } from './causes.ts';
import { count, lineName } from './words.ts';

export type AlertNow = AlertRow & { since: IsoTime; endedAt: IsoTime | null; cause: string; what?: string };

const stateWords: Record<AlertRow['state'], string> = {
  open: 'nobody has taken it yet',
  acknowledged: 'taken',
  shelved: 'snoozed',
  resolved: 'over',
};

/** What is open, and who has taken it (a role). */
export function sayAlerts(
  about: { alerts: readonly AlertNow[]; line: string | null; total: number; openOnly: boolean },
  plant: Plant,
  { now }: Now,
): Said {
  const { alerts, line, total, openOnly } = about;
  const where = line ? ` for ${lineName(plant, line)}` : '';
  const words = (one: AlertNow): Sentence => {
    const owner = one.owner && one.state === 'acknowledged' ? ` by ${one.owner}` : '';
    const cause = one.cause === 'unknown' ? 'cause not known yet' : causeLabel(one.cause);
    const long = durationWords(((one.endedAt ? millis(one.endedAt) : now) - millis(one.since)) / 1000);
    return factual(
      `${lineName(plant, one.line)}, since ${localWhen(millis(one.since), plant.timezone, now)} (${long}): ${quoted(one.what ?? cause)}; ${stateWords[one.state]}${owner}`,
      [`andon/alert/${one.id}`],
    );
  };
  const kind = openOnly ? 'open alert' : 'alert';
  return compose({
    first: factual(
      total === 0 ? `No ${kind}${where}.` : `${count(total, kind)}${where}.`,
      alerts.map(({ id }) => `andon/alert/${id}`),
    ),
    blocks: [{ list: true, sentences: alerts.slice(0, 10).map(words) }],
    followUps: [...new Set(alerts.slice(0, 2).map((one) => `Why did ${lineName(plant, one.line)} stop?`))],
  });
}
