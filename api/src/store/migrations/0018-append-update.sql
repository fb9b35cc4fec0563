-- What append_updates does, for a batch of one edit, as nearly all are where little comes: four statements that read and write a row each cost
-- Postgres about half of what the ones for any number do. As there, each sees what was committed when it began, so the role is read
-- after the row lock was had.
create function append_update(
  p_list text, p_user text, p_epoch integer, p_bytes bytea, p_now timestamptz
) returns table (role text, epoch integer, seq integer, tail_updates integer, tail_bytes float8)
language plpgsql as $$
#variable_conflict use_column
declare
  list record;
begin
  select epoch, head + 1 as new_head, snapshot_seq, tail_bytes + octet_length(p_bytes) as tail_bytes into list
  from lists where list_id = p_list for update;

  select m.role, list.epoch into role, epoch
  from members m where m.list_id = p_list and m.user_id = p_user;

  if role in ('owner', 'editor') and epoch = p_epoch then
    insert into updates (list_id, seq, epoch, user_id, bytes, created_at)
    values (p_list, list.new_head, p_epoch, p_user, p_bytes, p_now);

    update lists set head = list.new_head, tail_bytes = list.tail_bytes where list_id = p_list;

    seq := list.new_head;
    tail_updates := list.new_head - list.snapshot_seq;
    tail_bytes := list.tail_bytes;
  end if;
  return next;
end
$$;
