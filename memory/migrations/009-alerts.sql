-- Alerts that are over stay for years; those of the last hours are found without reading the others.
create index alert_recent on alert (changed_at);
