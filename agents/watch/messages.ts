import { alertHistory, alertedById, type Alerted, type AlertStep } from '../../memory/exceptions/alerts.ts';
import { shelfS } from '../../plant/alert.ts';
import type { AlertMessage } from '../../plant/message.ts';
import type { PlantRecord } from '../../plant/record.ts';
import { localWhen } from '../../plant/say/local-time.ts';
import { millis, type Clock, type Millis } from '../../plant/time.ts';
import { alertCard, type Look } from './alert-card.ts';

/**
 * Alerts as they are told now. One is rendered once for all who show or tell it, because that is a whole diagnosis;
 * it is kept for a few seconds, and only as long as nothing changed.
 */
export type Messages = {
  of(alerted: Alerted): Promise<AlertMessage>;
  /** null: the alert is no longer kept. */
  byId(alert: string): Promise<AlertMessage | null>;
  /** These were recorded: what was rendered of their lines counts no longer. Left out: nothing does. */
  forget(records?: readonly Pick<PlantRecord, 'equipment'>[]): void;
};

/** Two looks of a page. Values of signals and the health of sources are as old as this at most. */
const keptMs = 10_000;

type Kept = { version: number; at: Millis; line: string; message: Promise<AlertMessage> };

export function openMessages(look: Look, clock: Clock): Messages {
  const kept = new Map<string, Kept>();
  const lines = new Map(
    look.plant.lines.flatMap(({ id, machines }) =>
      [id, ...machines.map((machine) => machine.id)].map((equipment) => [equipment, id] as const),
    ),
  );
  const messages: Messages = {
    of(alerted) {
      const { id, version, line } = alerted.alert;
      const at = clock();
      for (const [key, one] of kept) if (Math.abs(at - one.at) >= keptMs) kept.delete(key);
      const before = kept.get(id);
      if (before?.version === version) return before.message;
      const message = messageOf(look, alerted, at);
      const made = { version, at, line, message };
      kept.set(id, made);
      message.catch(() => kept.get(id) === made && kept.delete(id));
      return message;
    },
    async byId(alert) {
      const found = await alertedById(look.db, alert);
      return found && messages.of(found);
    },
    forget(records) {
      const changed = records?.map(({ equipment }) => lines.get(equipment ?? ''));
      // What belongs to no line, a utility or an order, may have stopped any.
      const all = changed === undefined || changed.includes(undefined);
      for (const [key, { line }] of kept) if (all || changed.includes(line)) kept.delete(key);
    },
  };
  return messages;
}

async function messageOf(look: Look, { alert, exception }: Alerted, now: Millis): Promise<AlertMessage> {
  const pressed = (await alertHistory(look.db, alert.id)).map((step) => ({
    at: step.at,
    text: stepWords(step),
  }));
  const history = [...pressed, ...exception.timeline]
    .toSorted((a, b) => millis(a.at) - millis(b.at))
    .map(({ at, text }) => `${localWhen(millis(at), look.plant.timezone, now)} ${text}`);
  return alertCard(look, alert, exception, history, now);
}

const stepVerbs = {
  acknowledge: 'took it',
  snooze: `snoozed it for ${shelfS / 60} minutes`,
  not_a_problem: 'said that it is not a problem',
  resolve: 'closed it',
  reopen: 'opened it again',
  wrong_cause: 'corrected the cause',
  right_cause: 'confirmed the cause',
} as const;

/** `the supervisor took it`: roles, never names. */
const stepWords = ({ verb, by }: AlertStep): string => `${by} ${stepVerbs[verb]}`;
