-- What people decided. Rows are only ever added: a change is a new revision.
-- Two times: valid_* is when it holds on the floor, recorded_* is when Andon knew it.
create table decision (
  id text not null,
  revision int not null,
  status text not null,
  line text not null,
  equipment text,
  exception text,
  cause text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  recorded_from timestamptz not null,
  -- The one column that is ever filled in later: when the next revision replaced this one.
  recorded_to timestamptz,
  body jsonb not null,
  search_text text not null,
  primary key (id, revision)
);
create unique index decision_current on decision (id) where recorded_to is null;
create index decision_by_line on decision (line, status, valid_from) where recorded_to is null;
create index decision_by_cause on decision (cause) where recorded_to is null;
create index decision_proposed on decision (recorded_from) where recorded_to is null and status = 'proposed';

-- Who proposed, decided and told the outcome; apart from the decision, so that it can be erased.
create table decision_person (
  decision_id text not null,
  revision int not null,
  part text not null,
  person text not null,
  primary key (decision_id, revision, part)
);
create index decision_person_by_person on decision_person (person);

-- Words of the current revision of each decision: BM25 in plain SQL, the same on every Postgres.
create table posting (
  term text not null,
  decision_id text not null,
  tf int not null,
  dl int not null,
  primary key (term, decision_id)
);
create index posting_by_decision on posting (decision_id);
-- How many decisions are indexed and how many words they have: what BM25 needs of the whole.
create table posting_total (
  id int primary key default 1 check (id = 1),
  docs bigint not null default 0,
  words bigint not null default 0
);
insert into posting_total default values;
-- Spellings a word may have been meant by: the word with one letter (long words: up to two) left out.
create table spelling (
  variant text not null,
  term text not null,
  primary key (variant, term)
);

-- Causes that a person confirmed or corrected for a stop: the only thing priors learn from.
create table confirmed_cause (
  id bigint generated always as identity primary key,
  line text not null,
  machine text,
  machine_class text,
  first_alarm text,
  cause text not null,
  at timestamptz not null,
  stop text,
  recorded_at timestamptz not null,
  unique (line, at, stop)
);
create index confirmed_cause_by_line on confirmed_cause (line, at);
