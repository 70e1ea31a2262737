import type { Pool, PoolClient, QueryResultRow } from 'pg';

type Answer<R> = Promise<{ rows: R[]; rowCount: number | null }>;
/** A statement that a connection reads and analyses once: the name stands for one text for ever. */
type Prepared = { name: string; text: string; values: unknown[] };

/** A pool, or one client of it inside a transaction. Everything in this room takes either. */
export type Db = {
  query<R extends QueryResultRow = Record<string, unknown>>(text: string, values?: unknown[]): Answer<R>;
  query<R extends QueryResultRow = Record<string, unknown>>(prepared: Prepared): Answer<R>;
};

const isPool = (db: Db): db is Pool => 'totalCount' in db;

/**
 * Runs `work` in one transaction: all of it is kept, or nothing. Given a client that is already in one,
 * `work` joins it, so that several of this room's functions commit together.
 */
export async function transaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  if (!isPool(db)) return work(db);
  const client: PoolClient = await db.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
