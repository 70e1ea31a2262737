import type { Db } from './db.ts';

/** What the migrations left: the rows of each table, and a fingerprint of schemas, tables, columns and indexes. */
export type Beginning = { rows: ReadonlyMap<string, readonly unknown[]>; shape: string };

/** Reads it from a database that was only just migrated. */
export async function beginningOf(db: Db): Promise<Beginning> {
  const tables = await tablesOf(db);
  const { rows } = await db.query<{ name: string; rows: unknown[] }>(
    tables
      .map(
        (name) => `select '${name}' as name, coalesce(jsonb_agg(to_jsonb(t)), '[]') as rows from ${name} t`,
      )
      .join(' union all '),
  );
  return { rows: new Map(rows.map((one) => [one.name, one.rows])), shape: await shapeOf(db) };
}

/**
 * Empties it to that; false where it was changed in a way that emptying does not undo, which `shape` sees of schemas,
 * tables, columns, defaults, constraints, indexes, triggers and functions. Throws what the database says.
 */
export async function backToBeginning(db: Db, beginning: Beginning): Promise<boolean> {
  const schemas = await db.query<{ name: string }>(
    `select quote_ident(nspname) as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('public', 'information_schema')`,
  );
  const added = (await tablesOf(db)).filter((name) => !beginning.rows.has(name));
  const steps = [
    ...schemas.rows.map(({ name }) => `drop schema ${name} cascade`),
    ...(added.length > 0 ? [`drop table ${added.join()} cascade`] : []),
    `truncate ${[...beginning.rows.keys()].join()} restart identity cascade`,
  ];
  await db.query(steps.join(';'));
  for (const [name, rows] of beginning.rows)
    if (rows.length > 0)
      await db.query(
        `insert into ${name} overriding system value select * from jsonb_populate_recordset(null::${name}, $1)`,
        [JSON.stringify(rows)],
      );
  return (await shapeOf(db)) === beginning.shape;
}

const tablesOf = async (db: Db): Promise<string[]> => {
  const { rows } = await db.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  return rows.map(({ name }) => name);
};

async function shapeOf(db: Db): Promise<string> {
  const { rows } = await db.query<{ shape: string }>(
    `select md5(string_agg(line, ';' order by line)) as shape from (
       select concat_ws(' ', c.relnamespace, c.relname, c.relkind,
         string_agg(concat_ws(' ', a.attname, a.atttypid, a.attnotnull, pg_get_expr(d.adbin, d.adrelid)), ','
           order by a.attnum),
         case when c.relkind in ('i', 'I') then pg_get_indexdef(c.oid) end) as line
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       group by c.oid
       union all
       select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(k.oid)) from pg_constraint k
       join pg_namespace n on n.oid = k.connamespace where n.nspname = 'public'
       union all
       select concat_ws(' ', tgrelid::regclass, pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
       union all
       select concat_ws(' ', p.proname, pg_get_function_identity_arguments(p.oid), md5(p.prosrc)) from pg_proc p
       join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public') as one`,
  );
  return rows[0]?.shape ?? '';
}
