-- The read models. Names carry no schema: another generation of them is the same migrations run in another schema.

-- What is registered now, expired ones included; one row per instance, deleted when it goes.
CREATE TABLE instances (
    position            bigint      NOT NULL,
    slot_position       bigint      NOT NULL,
    registered_at       timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    lease_changed_at    timestamptz NOT NULL,
    health_changed_at   timestamptz NOT NULL,
    slot                integer     NOT NULL,
    declaration_version integer     NOT NULL,
    shard               smallint    NOT NULL,
    id                  text        NOT NULL,
    service             text        NOT NULL,
    namespace           text        NOT NULL,
    owner               text        NOT NULL,
    declared            text        NOT NULL CHECK (declared IN ('active', 'maintenance', 'draining')),
    lease               text        NOT NULL CHECK (lease IN ('live', 'expired')),
    health              text        NOT NULL CHECK (health IN ('healthy', 'unhealthy', 'starting')),
    breaker             text        NOT NULL CHECK (breaker IN ('closed', 'open', 'half_open')),
    declaration         jsonb       NOT NULL,
    CONSTRAINT instances_pkey PRIMARY KEY (id)
) WITH (fillfactor = 80);
CREATE INDEX instances_service ON instances (service, id);

-- Every state that an instance was ever in, with the positions between which it was true: [from_position, to_position).
-- Being gone is a state too, so that each instance has exactly one version that is still true.
CREATE TABLE instance_versions (
    from_position       bigint      NOT NULL,
    to_position         bigint      CHECK (to_position > from_position),
    from_at             timestamptz NOT NULL,
    to_at               timestamptz,
    slot_position       bigint      NOT NULL,
    registered_at       timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    lease_changed_at    timestamptz NOT NULL,
    health_changed_at   timestamptz NOT NULL,
    slot                integer     NOT NULL,
    declaration_version integer     NOT NULL,
    shard               smallint    NOT NULL,
    id                  text        NOT NULL,
    service             text        NOT NULL,
    namespace           text        NOT NULL,
    owner               text        NOT NULL,
    declared            text        NOT NULL,
    lease               text        NOT NULL,
    health              text        NOT NULL,
    breaker             text        NOT NULL,
    gone                text        CHECK (gone IN ('removed', 'deregistered')),
    declaration         jsonb       NOT NULL,
    CONSTRAINT instance_versions_pkey PRIMARY KEY (id, from_position),
    CONSTRAINT instance_versions_end CHECK ((to_position IS NULL) = (to_at IS NULL))
);
CREATE INDEX instance_versions_service ON instance_versions (service, from_position, to_position);
CREATE UNIQUE INDEX instance_versions_open ON instance_versions (id) WHERE to_position IS NULL;

-- Who did what, when, from where and why: one row per fact.
CREATE TABLE audit (
    position        bigint      NOT NULL,
    at              timestamptz NOT NULL,
    type            text        NOT NULL,
    instance_id     text,
    service         text,
    endpoint        text,
    namespace       text        NOT NULL,
    actor           text        NOT NULL,
    role            text        NOT NULL,
    source_address  text,
    protocol        text        NOT NULL,
    request_id      text,
    reason          text,
    idempotency_key text,
    cause           text,
    summary         text        NOT NULL,
    CONSTRAINT audit_pkey PRIMARY KEY (position)
);
CREATE INDEX audit_instance ON audit (instance_id, position);
CREATE INDEX audit_service ON audit (service, position);
CREATE INDEX audit_actor ON audit (actor, position);
CREATE INDEX audit_at ON audit (at);

-- When a slot was last heard. Bookkeeping: rewritten every few seconds, so that half of each page is left for updates in place.
CREATE TABLE last_seen (
    position    bigint      NOT NULL,
    observed_at timestamptz NOT NULL,
    slot        integer     NOT NULL,
    shard       smallint    NOT NULL,
    CONSTRAINT last_seen_pkey PRIMARY KEY (shard, slot)
) WITH (fillfactor = 50);

-- Up to which position each projection's tables are complete.
CREATE TABLE watermarks (
    projection text        NOT NULL,
    position   bigint      NOT NULL,
    at         timestamptz NOT NULL,
    CONSTRAINT watermarks_pkey PRIMARY KEY (projection)
) WITH (fillfactor = 20, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_scale_factor = 0);

-- Facts that could not be folded, and the later facts of the same instance, which wait for them.
CREATE TABLE parked_facts (
    position    bigint      NOT NULL,
    parked_at   timestamptz NOT NULL DEFAULT now(),
    attempts    integer     NOT NULL DEFAULT 1,
    projection  text        NOT NULL,
    instance_id text        NOT NULL,
    error       text        NOT NULL,
    CONSTRAINT parked_facts_pkey PRIMARY KEY (projection, position)
);
CREATE INDEX parked_facts_instance ON parked_facts (projection, instance_id, position);
