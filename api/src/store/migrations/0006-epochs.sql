-- Epochs: the log runs on across them. epoch_seq is the number of the update that the current one began with, 0 for the first, which began
-- with nothing; next_epoch is the number that the next one takes.
alter table lists
  add column epoch_seq integer not null default 0,
  add column epoch_began_at timestamptz,
  add column next_epoch integer not null default 1;
update lists set epoch_began_at = created_at;
alter table lists alter column epoch_began_at set not null;

-- When a backup was restored: how much of the list's log it had (seq). What phones have beyond it is theirs to bring back. next_epoch is the
-- number that the list gave its next epoch then, so an epoch that is not known here was lost by the first restore with a higher one.
create table restores (
  list_id text collate "C" not null references lists on delete cascade,
  next_epoch integer not null,
  seq integer not null,
  primary key (list_id, next_epoch)
);
alter table store_identity add column restored_at timestamptz;

-- What an epoch came to in the end, with what reached it late: a phone may come back to it after years. left_out as in snapshots.
create table sealed_epochs (
  list_id text collate "C" not null references lists on delete cascade,
  epoch integer not null,
  bytes bytea not null,
  left_out integer[] not null default '{}',
  sealed_at timestamptz not null,
  primary key (list_id, epoch)
);

-- Nobody pushed the update that an epoch begins with.
alter table updates alter column user_id drop not null;
