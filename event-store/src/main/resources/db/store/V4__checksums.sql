-- CRC32C of each row, by whoever appended it; null in rows of before, which are read as they are.
ALTER TABLE store.facts ADD COLUMN checksum integer;
ALTER TABLE store.observations ADD COLUMN checksum integer;
ALTER TABLE store.snapshots ADD COLUMN checksum integer;

-- The snapshot of each shard before its newest one, for when that can't be read.
CREATE TABLE store.previous_snapshots (LIKE store.snapshots INCLUDING ALL);

-- Rows that couldn't be read, as they were found, with why they were taken out and by whom.
CREATE TABLE store.quarantine (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source         text           NOT NULL,
    position       bigint         NOT NULL,
    seq            bigint         NOT NULL,
    recorded_at    timestamptz(3) NOT NULL,
    shard          smallint       NOT NULL,
    revision       smallint,
    type           text,
    instance_id    text,
    payload        bytea,
    checksum       integer,
    reason         text           NOT NULL,
    quarantined_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    quarantined_by text           NOT NULL
);
ALTER TABLE store.quarantine ALTER COLUMN payload SET STORAGE EXTERNAL;
