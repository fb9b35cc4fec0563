-- Where a member keeps a list among their own, and whether they have put it away: personal, unlike everything else about a list. Each has the
-- time at which it was said, for of two phones the later word counts.
alter table members
  add column place text collate "C",
  add column place_at timestamptz,
  add column is_archived boolean not null default false,
  add column archived_at timestamptz;
