/** The one session PGlite has: who holds it, and who waits for it in order. */

/** Whoever holds the session or waits for it. */
type Holder = { name: string };
type Waiter = { holder: Holder; go: () => void; giveUp: (sentence: string) => void };

export type Session = {
  owner: Holder | null;
  /** When the owner got it, in ms since 1970. */
  ownedSince: number;
  /** What ran last, for messages only. */
  lastSql: string;
  queue: Waiter[];
  waitMs: number;
};

/** The wait for another connection's transaction ends after this, so that a forgotten one is named instead of hanging everything. */
const defaultWaitMs = 30_000;

export const openSession = (waitMs = defaultWaitMs): Session => ({
  owner: null,
  ownedSince: 0,
  lastSql: '',
  queue: [],
  waitMs,
});

function own(session: Session, holder: Holder): void {
  session.owner = holder;
  session.ownedSince = Date.now();
}

/** Waits until the session is the holder's. null: it is; a sentence: why it was not given. */
export function acquire(session: Session, holder: Holder): Promise<string | null> {
  if (session.owner === holder) return Promise.resolve(null);
  if (session.owner === null && session.queue.length === 0) {
    own(session, holder);
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    const waiter: Waiter = {
      holder,
      go: () => {
        clearTimeout(timer);
        own(session, holder);
        resolve(null);
      },
      giveUp: (sentence) => {
        clearTimeout(timer);
        const at = session.queue.indexOf(waiter);
        if (at >= 0) session.queue.splice(at, 1);
        resolve(sentence);
      },
    };
    const timer = setTimeout(() => waiter.giveUp(tooLong(session)), session.waitMs);
    session.queue.push(waiter);
  });
}

const tooLong = ({ owner, ownedSince, lastSql, waitMs }: Session): string =>
  `waited ${waitMs} ms for the embedded database: ${owner?.name ?? 'nobody'} has held it for ` +
  `${Date.now() - ownedSince} ms, last statement: ${lastSql.slice(0, 120)}`;

/** The next in the queue gets it. */
export function release(session: Session): void {
  session.owner = null;
  session.queue.shift()?.go();
}

/** Ends every wait of one holder. */
export function giveUpWaits(session: Session, holder: Holder, sentence: string): void {
  for (const waiter of session.queue.filter((one) => one.holder === holder)) waiter.giveUp(sentence);
}
