-- How many connections the instance on a slot last said it has, when, and in which event; null until one says so. Slots are used
-- again: a report counts for an instance only if its position is beyond the one at which the instance took the slot.
ALTER TABLE last_seen
    ADD COLUMN active_connections   integer     CHECK (active_connections >= 0),
    ADD COLUMN connections_at       timestamptz,
    ADD COLUMN connections_position bigint,
    ADD CONSTRAINT last_seen_connections CHECK (
        (active_connections IS NULL) = (connections_at IS NULL) AND (active_connections IS NULL) = (connections_position IS NULL));
