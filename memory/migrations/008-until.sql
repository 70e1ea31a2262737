-- When what has a beginning and an end is over; `infinity`: it goes on. Of a key's versions the newest alone has one,
-- so that what reaches into a time is found whenever it began, and what was corrected since is not read.
alter table event add column until timestamptz;
update event set until = coalesce((body->>'to')::timestamptz, 'infinity') where id in (
  select distinct on (source, kind, key) id from event where kind in ('calendar', 'downtime_event', 'gap')
  order by source, kind, key, at desc, observed_at desc, id desc);
create index event_until on event (equipment, kind, until, at) where until is not null;
