-- The log that a restored backup was made of (as store_identity.log_id then): what it had, every phone of that log had. Null for a list that the
-- backup did not have, and where this was not noted yet.
alter table restores add column log_id text;
