-- How far back the log can be read: the document after update pruned_seq and after each one since can be built, what came before is gone.
alter table lists add column pruned_seq integer not null default 0;
