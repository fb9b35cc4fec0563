-- Names this history of the log, in 8 characters of base62. A restore from a backup gives it another, by which phones know that what they have
-- may be missing here. It is no secret.
create table store_identity (
  is_only boolean primary key default true check (is_only),
  log_id text not null check (log_id ~ '^[0-9A-Za-z]{8}$')
);
insert into store_identity (log_id)
values (substr(translate(encode(sha256(gen_random_uuid()::text::bytea), 'base64'), '+/=', ''), 1, 8));
