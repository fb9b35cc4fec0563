-- The log: seq runs 1, 2, 3 … per list, without gaps and on across epochs. No foreign key to lists: every insert holds the list's row lock,
-- and a check per row would be paid on the hottest path there is. user_id is who pushed it then; accounts that merge leave it as it was.
create table updates (
  list_id text collate "C" not null,
  seq integer not null,
  epoch integer not null,
  user_id text not null,
  bytes bytea not null,
  created_at timestamptz not null,
  primary key (list_id, seq)
);

-- The document after update seq. left_out are updates up to seq that could not be applied yet, because what they build on is not in the log.
create table snapshots (
  list_id text collate "C" not null references lists on delete cascade,
  seq integer not null,
  epoch integer not null,
  bytes bytea not null,
  left_out integer[] not null default '{}',
  created_at timestamptz not null,
  primary key (list_id, seq)
);
