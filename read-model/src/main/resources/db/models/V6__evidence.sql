-- What speaks for an entry, by the names of its fact: which results turned an instance's health, which calls its circuit.
ALTER TABLE audit ADD COLUMN evidence jsonb;
CREATE INDEX audit_health ON audit (instance_id, type, position)
    WHERE type IN ('HealthChanged', 'CircuitChanged', 'MonitoringSwitched');
CREATE INDEX audit_preservation ON audit (service, position) WHERE type = 'PreservationEntered';

-- How the last look at the instance on a slot ended, as it was packed. Slots are used again: a result counts for an instance only if its
-- position is beyond the one at which the instance took the slot. Bookkeeping, as last_seen is.
CREATE TABLE check_results (
    position    bigint      NOT NULL,
    observed_at timestamptz NOT NULL,
    slot        integer     NOT NULL,
    first       integer     NOT NULL,
    second      integer     NOT NULL,
    shard       smallint    NOT NULL,
    kind        smallint    NOT NULL,
    CONSTRAINT check_results_pkey PRIMARY KEY (shard, slot)
) WITH (fillfactor = 50);
