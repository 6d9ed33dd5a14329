-- Which principal discovered which service in which minute. Not folded from events: each node writes what it counted, a minute once.
CREATE TABLE discoveries (
    minute         timestamptz NOT NULL,
    answers        bigint      NOT NULL,
    first_position bigint      NOT NULL,
    last_position  bigint      NOT NULL,
    service        text        NOT NULL,
    principal      text        NOT NULL,
    node           text        NOT NULL,
    CONSTRAINT discoveries_pkey PRIMARY KEY (service, minute, principal, node)
);

-- Retention deletes by minute.
CREATE INDEX discoveries_minute ON discoveries (minute);
