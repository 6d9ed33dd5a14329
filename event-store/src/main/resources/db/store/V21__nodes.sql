-- Every generation of a node is new: neither the names nor the generations of nodes that are long gone come back.
CREATE SEQUENCE store.generations AS bigint;

-- Processes that may write. A node renews its lease by the database's clock. Whoever finds it ended may give the row
-- another generation: statements of the earlier generation have no effect from then on.
CREATE TABLE store.nodes (
    name        text PRIMARY KEY,
    generation  bigint         NOT NULL,
    holder      uuid           NOT NULL,
    lease_until timestamptz    NOT NULL,
    joined_at   timestamptz(3) NOT NULL
) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0);

-- Which node decides a stream: the shards from 0, the other aggregates from -1 down. A claim is valid as long as its node has
-- its generation. The epoch counts the changes of owner.
CREATE TABLE store.claims (
    stream     smallint PRIMARY KEY,
    node       text,
    generation bigint,
    epoch      bigint NOT NULL DEFAULT 0,
    since      timestamptz(3)
);
