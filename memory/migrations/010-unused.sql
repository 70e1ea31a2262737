-- Nothing ever wrote these.
alter table alert drop column level;
alter table exception drop column facts;
