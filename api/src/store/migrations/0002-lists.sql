-- One row a list: its row lock is what orders its log. It is written with each batch of updates, so it leaves room in its page for that.
-- snapshot_seq and tail_bytes say how much log lies behind the last snapshot.
create table lists (
  list_id text collate "C" primary key,
  epoch integer not null default 0,
  head integer not null default 0,
  snapshot_seq integer not null default 0,
  tail_bytes bigint not null default 0,
  created_by text not null,
  created_at timestamptz not null
) with (fillfactor = 60);
create index lists_created_by on lists (created_by);

create table members (
  list_id text collate "C" not null references lists on delete cascade,
  user_id text not null references "user",
  role text not null check (role in ('owner', 'editor', 'viewer')),
  joined_at timestamptz not null,
  primary key (list_id, user_id)
);
create index members_user on members (user_id);

-- The secret of an invite is nowhere, only its hash.
create table invites (
  list_id text collate "C" not null references lists on delete cascade,
  invite_id text collate "C" not null,
  token_hash bytea not null,
  role text not null check (role in ('editor', 'viewer')),
  expires_at timestamptz not null,
  max_uses integer check (max_uses > 0),
  uses integer not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (list_id, invite_id)
);
create unique index invites_token on invites (list_id, token_hash);
create index invites_created_by on invites (created_by);
