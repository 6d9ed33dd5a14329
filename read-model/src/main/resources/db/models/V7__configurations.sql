-- Of each service that ever had a configuration: its last version, and the fact that last changed it, which is its index.
CREATE TABLE configurations (
    position  bigint  NOT NULL,
    version   integer NOT NULL CHECK (version > 0),
    deleted   boolean NOT NULL,
    service   text    NOT NULL,
    namespace text    NOT NULL,
    CONSTRAINT configurations_pkey PRIMARY KEY (service)
) WITH (fillfactor = 80);

-- Everything that a configuration ever was, with the positions between which it was true: [from_position, to_position). Being
-- deleted is a state too, so that each configuration has exactly one that is still true. Contents are text: jsonb would write
-- numbers in its own way.
CREATE TABLE configuration_versions (
    from_position  bigint      NOT NULL,
    to_position    bigint      CHECK (to_position > from_position),
    from_at        timestamptz NOT NULL,
    to_at          timestamptz,
    version        integer     NOT NULL CHECK (version > 0),
    restored       integer     CHECK (restored > 0),
    service        text        NOT NULL,
    namespace      text        NOT NULL,
    actor          text        NOT NULL,
    role           text        NOT NULL,
    reason         text,
    content        text,
    CONSTRAINT configuration_versions_pkey PRIMARY KEY (service, from_position),
    CONSTRAINT configuration_versions_end CHECK ((to_position IS NULL) = (to_at IS NULL))
);
CREATE UNIQUE INDEX configuration_versions_open ON configuration_versions (service) WHERE to_position IS NULL;
CREATE UNIQUE INDEX configuration_versions_version ON configuration_versions (service, version) WHERE content IS NOT NULL;
-- Whoever watches asks which of them changed since the last look.
CREATE INDEX configuration_versions_position ON configuration_versions (from_position);

-- What each service's configuration has to be like, and the fact that last changed that; null once it was dropped.
CREATE TABLE configuration_schemas (
    position    bigint      NOT NULL,
    declared_at timestamptz NOT NULL,
    revision    integer     NOT NULL CHECK (revision > 0),
    service     text        NOT NULL,
    namespace   text        NOT NULL,
    actor       text        NOT NULL,
    role        text        NOT NULL,
    reason      text,
    schema      text,
    CONSTRAINT configuration_schemas_pkey PRIMARY KEY (service)
);
