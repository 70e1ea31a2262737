create table exception (
  id text primary key,
  detector text not null,
  key text not null,
  line text not null,
  place text,
  cause text not null,
  class text,
  opened_at timestamptz not null,
  since timestamptz not null,
  ended_at timestamptz,
  timeline jsonb not null default '[]',
  facts jsonb not null default '{}'
);
create unique index exception_one_open on exception (key) where ended_at is null;
create index exception_by_line on exception (line, since);

create table alert (
  id text primary key,
  exception text not null references exception (id),
  line text not null,
  state text not null,
  severity text not null,
  level int not null default 0,
  owner text,
  shelved_until timestamptz,
  verdict text,
  version int not null default 0,
  opened_at timestamptz not null,
  changed_at timestamptz not null
);
create index alert_by_exception on alert (exception);
create index alert_live on alert (line, opened_at) where state <> 'resolved';
create index alert_shelved on alert (shelved_until) where state = 'shelved';

-- What people did with an alert: verb, role and time. The person's id is apart, erasable.
create table alert_history (
  id bigint generated always as identity primary key,
  alert text not null references alert (id),
  verb text not null,
  by_role text not null,
  person text,
  at timestamptz not null,
  state text not null
);
create index alert_history_by_alert on alert_history (alert, id);
create index alert_history_by_person on alert_history (person) where person is not null;
