-- One row. Every append locks it, checks its epoch and takes positions from it: position order is commit order, without gaps.
CREATE TABLE store.head (
    only_one    boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    position    bigint         NOT NULL DEFAULT 0,
    epoch       bigint         NOT NULL DEFAULT 0,
    owner       text           NOT NULL DEFAULT '',
    holder      uuid,
    lease_until timestamptz    NOT NULL DEFAULT 'epoch',
    incarnation uuid           NOT NULL,
    shards      smallint       NOT NULL CHECK (shards > 0),
    recorded_at timestamptz(3) NOT NULL DEFAULT 'epoch'
) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0);

-- What was declared and decided; kept for ever. Columns stand in the order that leaves no padding.
CREATE TABLE store.facts (
    position    bigint         NOT NULL,
    seq         bigint         NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    shard       smallint       NOT NULL,
    revision    smallint       NOT NULL,
    type        text           NOT NULL,
    instance_id text,
    payload     bytea          NOT NULL,
    CONSTRAINT facts_pkey PRIMARY KEY (position),
    CONSTRAINT facts_shard_seq UNIQUE (shard, seq)
);
CREATE INDEX facts_instance ON store.facts (instance_id, position) WHERE instance_id IS NOT NULL;

-- What was observed, packed; dropped by partition after its retention. Each partition has a unique index (shard, seq) of
-- its own, because one over all of them would have to contain the position and so couldn't refuse a doubled seq.
CREATE TABLE store.observations (
    position    bigint         NOT NULL,
    seq         bigint         NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    shard       smallint       NOT NULL,
    revision    smallint       NOT NULL,
    type        text           NOT NULL,
    payload     bytea          NOT NULL,
    CONSTRAINT observations_pkey PRIMARY KEY (position)
) PARTITION BY RANGE (position);
-- Packed bytes don't compress; trying to would only cost time.
ALTER TABLE store.observations ALTER COLUMN payload SET STORAGE EXTERNAL;

CREATE TABLE store.snapshots (
    shard       smallint PRIMARY KEY,
    seq         bigint         NOT NULL,
    position    bigint         NOT NULL,
    recorded_at timestamptz(3) NOT NULL,
    type        text           NOT NULL,
    revision    smallint       NOT NULL,
    payload     bytea          NOT NULL
);
ALTER TABLE store.snapshots ALTER COLUMN payload SET STORAGE EXTERNAL;

CREATE TABLE store.tokens (
    processor_name text    NOT NULL,
    segment        integer NOT NULL,
    token          bytea,
    token_type     text,
    claimed_at     text,
    owner          text,
    PRIMARY KEY (processor_name, segment)
) WITH (fillfactor = 50);
