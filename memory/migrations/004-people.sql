-- What a conversation is about, for follow-ups. Kept for a day.
create table thread (
  surface text not null,
  thread text not null,
  person text,
  resolved jsonb not null,
  expires_at timestamptz not null,
  primary key (surface, thread)
);
create index thread_by_expiry on thread (expires_at);

-- What must be said. The row is the truth; queues only wake who looks here.
create table outbox (
  id bigint generated always as identity primary key,
  message_key text not null,
  surface text not null,
  place text not null,
  version int not null default 0,
  body jsonb not null,
  due_at timestamptz not null,
  state text not null default 'pending',
  attempts int not null default 0,
  claimed_at timestamptz,
  problem text,
  created_at timestamptz not null,
  done_at timestamptz,
  constraint outbox_once unique (message_key, surface, place, version)
);
create index outbox_due on outbox (due_at) where state in ('pending', 'claimed');
create index outbox_by_message on outbox (message_key, surface, place) where state in ('pending', 'claimed');

-- Where copies of a message are, so that they can be changed in place.
create table message_copy (
  message_key text not null,
  surface text not null,
  place text not null,
  copy_id text not null,
  version int not null,
  told_at timestamptz not null,
  primary key (message_key, surface, place)
);

create table seen_event (
  surface text not null,
  event_id text not null,
  seen_at timestamptz not null,
  primary key (surface, event_id)
);
create index seen_event_by_age on seen_event (seen_at);

create table keep (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null
);
