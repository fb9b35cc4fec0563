-- Puts a snapshot in the place of an earlier one of the same day (UTC), in one call and one transaction (api/src/log/take-snapshot.ts says what it
-- promises). False: another node was faster, or the list is gone. Each statement sees what was committed when it began, so those after the
-- first, which has the row lock, count every update that has come.
create function store_snapshot(
  p_list text, p_epoch integer, p_seq integer, p_bytes bytea, p_left_out integer[], p_now timestamptz
) returns boolean
language plpgsql as $$
declare
  kept_seq integer;
begin
  select pruned_seq into kept_seq from lists where list_id = p_list and snapshot_seq < p_seq for update;
  if not found then
    return false;
  end if;

  -- History begins at the snapshot of pruned_seq, whatever its day.
  delete from snapshots
  where list_id = p_list and seq > kept_seq and created_at >= date_trunc('day', p_now, 'UTC');

  insert into snapshots (list_id, seq, epoch, bytes, left_out, created_at)
  values (p_list, p_seq, p_epoch, p_bytes, p_left_out, p_now);

  update lists set
    snapshot_seq = p_seq,
    tail_bytes = (
      select coalesce(sum(octet_length(bytes)), 0) from updates where list_id = p_list and seq > p_seq
    )
  where list_id = p_list;
  return true;
end
$$;
