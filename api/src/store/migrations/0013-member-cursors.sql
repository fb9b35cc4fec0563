-- Up to which number of a list's log a phone of a member has said that it has everything on its disk.
create table member_cursors (
  list_id text collate "C" not null,
  user_id text not null,
  seq integer not null,
  noted_at timestamptz not null,
  primary key (list_id, user_id),
  foreign key (list_id, user_id) references members on delete cascade
) with (fillfactor = 70);
