-- Appends a batch: one call, one round trip, one transaction (api/src/log/append.ts says what it promises). Its statements each see what
-- was committed when they began, so the second, which reads the roles and numbers what may pass, sees all that happened until the first
-- had the row locks. Answers a row an update, in their order. p_bytes holds all updates one after another; p_starts (from 1) and p_lengths cut it.
create function append_updates(
  p_lists text[], p_users text[], p_epochs integer[], p_starts integer[], p_lengths integer[], p_bytes bytea, p_now timestamptz
) returns table (role text, epoch integer, seq integer, tail_updates integer, tail_bytes float8)
language plpgsql as $$
#variable_conflict use_column
begin
  perform from lists where list_id = any(p_lists) order by list_id for update;

  return query
  with pushed as (
    select p.*, m.role, l.epoch as list_epoch, l.head
    from unnest(p_lists, p_users, p_epochs, p_starts, p_lengths)
      with ordinality as p (list_id, user_id, epoch, start, length, ordinal)
    left join members m on m.list_id = p.list_id and m.user_id = p.user_id
    left join lists l on l.list_id = m.list_id
  ), accepted as (
    select *, head + (row_number() over (partition by list_id order by ordinal))::integer as seq
    from pushed
    where role in ('owner', 'editor') and epoch = list_epoch
  ), inserted as (
    insert into updates (list_id, seq, epoch, user_id, bytes, created_at)
    select list_id, seq, epoch, user_id, substr(p_bytes, start, length), p_now from accepted
  ), moved as (
    update lists
    set head = added.head, tail_bytes = lists.tail_bytes + added.bytes
    from (select list_id, max(seq) as head, sum(length) as bytes from accepted group by list_id) as added
    where lists.list_id = added.list_id
    returning lists.list_id, lists.head - lists.snapshot_seq as tail_updates, lists.tail_bytes
  )
  select pushed.role, pushed.list_epoch, accepted.seq, moved.tail_updates, moved.tail_bytes::float8
  from pushed
  left join accepted on accepted.ordinal = pushed.ordinal
  left join moved on moved.list_id = accepted.list_id
  order by pushed.ordinal;
end
$$;
