import { messageAt } from './copies.ts';
import type { Db } from './db.ts';
import { alertedById } from './exceptions/alerts.ts';
import type { ThreadContext } from './threads.ts';

/** A thread is named by its surface, its place and the message it hangs on: `slack/C1/17.2`, `teams/19:x;messageid=17`. */
const named = /^[^/]+\/(.+)(?:\/|;messageid=)([^/;]+)$/;

/** What a thread below an alert is about: the stop of the alert. null: it hangs on no alert of ours. */
export async function alertThread(db: Db, surface: string, thread: string): Promise<ThreadContext | null> {
  const [, place, id] = named.exec(thread) ?? [];
  if (place === undefined || id === undefined) return null;
  const copy = await messageAt(db, surface, place, id);
  const found = copy && (await alertedById(db, copy.key));
  if (!found) return null;
  const { line, since, cause } = found.exception;
  return { intent: 'why', line, machine: null, from: null, to: null, at: null, stopAt: since, cause };
}
