-- What people say the cause of a stop was: a draft until somebody with the right confirms it.
create table correction (
  id text primary key,
  status text not null,
  line text not null,
  stop text not null,
  stop_from timestamptz not null,
  alert text,
  place text,
  cause text,
  words text not null default '',
  was jsonb not null,
  by_role text not null,
  person text,
  at timestamptz not null,
  decided_by text,
  decided_person text,
  decided_at timestamptz
);
-- The same said twice is one.
create unique index correction_once on correction (stop, coalesce(place, ''), coalesce(cause, ''), words)
  where status = 'proposed';
create index correction_by_stop on correction (stop, decided_at);
create index correction_by_person on correction (person) where person is not null;

-- Why lines stopped, as quality departments keep it (8D). Rows are only ever added; the newest of a stop counts.
create table cause_record (
  id bigint generated always as identity primary key,
  line text not null,
  stop text not null,
  status text not null,
  correction text not null,
  record jsonb not null,
  recorded_at timestamptz not null
);
create index cause_record_by_stop on cause_record (stop, id);
