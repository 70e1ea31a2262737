import type { AlertRow } from '../../alert.ts';
import type { Plant } from '../../equipment.ts';
import type { PlantException } from '../../exception.ts';
import { millis } from '../../time.ts';
import { durationWords, localWhen } from '../local-time.ts';
import { compose, factual } from '../said.ts';
import type { Now, Said, Sentence } from '../said.ts';
import { causeClause } from './causes.ts';
import { count, lineName, placeWords } from './words.ts';

/** One alert with the exception it tells of. */
type AlertNow = { alert: AlertRow; exception: PlantException };

const stateWords: Record<AlertRow['state'], string> = {
  open: 'nobody has taken it yet',
  acknowledged: 'taken',
  shelved: 'snoozed',
  resolved: 'over',
};

/** What is open, and who has taken it (a role). `more`: there are more than `total`. */
export function sayAlerts(
  about: {
    alerts: readonly AlertNow[];
    line: string | null;
    total: number;
    more: boolean;
    openOnly: boolean;
  },
  plant: Plant,
  { now }: Now,
): Said {
  const { alerts, line, total, more, openOnly } = about;
  const where = line ? ` for ${lineName(plant, line)}` : '';
  const words = ({ alert, exception }: AlertNow): Sentence => {
    const owner = alert.owner && alert.state === 'acknowledged' ? ` by ${alert.owner}` : '';
    const at = placeWords(plant, exception.place ?? alert.line);
    const cause = exception.cause === 'unknown' ? 'cause not known yet' : causeClause(exception.cause, at);
    const end = exception.endedAt ? millis(exception.endedAt) : now;
    const since = millis(exception.since);
    return factual(
      `${lineName(plant, alert.line)}, since ${localWhen(since, plant.timezone, now)} (${durationWords((end - since) / 1000)}): ${cause}; ${stateWords[alert.state]}${owner}`,
      [`andon/alert/${alert.id}`],
    );
  };
  const kind = openOnly ? 'open alert' : 'alert';
  return compose({
    first: factual(
      total === 0 ? `No ${kind}${where}.` : `${more ? 'More than ' : ''}${count(total, kind)}${where}.`,
      alerts.map(({ alert }) => `andon/alert/${alert.id}`),
    ),
    blocks: [{ list: true, sentences: alerts.slice(0, 10).map(words) }],
    followUps: [
      ...new Set(alerts.slice(0, 2).map(({ alert }) => `Why did ${lineName(plant, alert.line)} stop?`)),
    ],
  });
}
