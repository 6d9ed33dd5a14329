-- Which observations are gone: a row is written by the transaction that drops their partition. What is below the highest end
-- is answered by nobody any more.
CREATE TABLE store.compactions (
    from_position bigint         NOT NULL,
    to_position   bigint         NOT NULL,
    recorded_from timestamptz(3),
    recorded_to   timestamptz(3),
    rows          bigint         NOT NULL,
    bytes         bigint         NOT NULL,
    archive       text,
    dropped_at    timestamptz(3) NOT NULL,
    CONSTRAINT compactions_pkey PRIMARY KEY (to_position),
    CONSTRAINT compactions_range CHECK (from_position < to_position)
);

-- Where reading a shard may begin: few rows of many, found without reading the others.
CREATE INDEX observations_checkpoints ON store.observations (shard, position) WHERE type = 'ShardCheckpointed';
