-- What phones have brought back of a log that a restore has lost, by the name of that log: all that they had confirmed of an epoch of it, together.
-- By it is told what of a later epoch is new, and that an earlier one has nothing more to say.
create table lost_documents (
  list_id text collate "C" not null references lists on delete cascade,
  log_id text collate "C" not null,
  epoch integer not null,
  bytes bytea not null,
  told_at timestamptz not null,
  primary key (list_id, log_id, epoch)
);
