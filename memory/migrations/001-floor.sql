-- What happened on the floor. Times are UTC; people see plant time.

-- Every version of every record of every source. The current version of a key is the newest by
-- (at, observed_at, id); ids grow in the order in which versions were first seen.
create table event (
  id bigint generated always as identity primary key,
  source text not null,
  kind text not null,
  key text not null,
  version text not null default '',
  equipment text,
  at timestamptz not null,
  observed_at timestamptz not null,
  quality text not null default 'good',
  body jsonb not null,
  constraint event_once unique (source, kind, key, version)
);
create index event_by_equipment on event (equipment, kind, at);
create index event_by_kind on event (kind, at);
create index event_by_source on event (source, at);
-- Stock is asked for by material: its keys name places, not lines.
create index event_stock on event ((body->>'material'), at) where kind = 'stock';

-- What belongs to an order is found by its number.
create index event_of_order on event ((body->>'order'), at) where kind in ('operation', 'material_requirement');

-- How far each source has been read. Written in the transaction of the batch it belongs to.
create table checkpoint (
  source text primary key,
  value jsonb not null,
  recorded_at timestamptz not null
);

-- Which kinds each source has ever given; `signal` for readings.
create table source_kind (
  source text not null,
  kind text not null,
  primary key (source, kind)
);

-- Short numbers for the long names of signals.
create table signal_series (
  id int generated always as identity primary key,
  source text not null,
  equipment text not null,
  signal text not null,
  unique (source, equipment, signal)
);
create index signal_series_by_equipment on signal_series (equipment, signal);

-- Raw values, one partition per UTC day; what no day has a partition for lies in the default one.
create table signal (
  series int not null,
  at timestamptz not null,
  value double precision not null,
  primary key (series, at)
) partition by range (at);
create table signal_default partition of signal default;

-- One row per minute, one partition per UTC month.
create table signal_minute (
  series int not null,
  at timestamptz not null,
  value double precision not null,
  low double precision not null,
  high double precision not null,
  count int not null,
  primary key (series, at)
) partition by range (at);
create table signal_minute_default partition of signal_minute default;

-- Up to where raw values have been made into minutes; set back when older values arrive late.
create table roll_up (
  id int primary key default 1 check (id = 1),
  done_to timestamptz not null
);
insert into roll_up values (1, 'infinity');
