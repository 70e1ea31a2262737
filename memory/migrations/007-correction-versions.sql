-- Which text of a draft somebody confirms, and whether its alert shows it yet.
alter table correction add column version int not null default 1;
alter table correction add column shown boolean not null default true;
-- The same said twice is one; what is not said yet is each person's own.
drop index correction_once;
create unique index correction_once on correction (stop, coalesce(place, ''), coalesce(cause, ''), words,
  (case when place is null or cause is null then coalesce(person, '') else '' end))
  where status = 'proposed';
create index correction_by_line on correction (line, stop_from);
