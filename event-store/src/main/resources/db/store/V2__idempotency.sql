-- Which writes were done under which of their callers' keys, and what came of them. A row is inserted by the statement that
-- appends the write's event, and deleted once it has been kept for long enough.
CREATE TABLE store.idempotency (
    position     bigint         NOT NULL,
    recorded_at  timestamptz(3) NOT NULL,
    principal    text           NOT NULL,
    key          text           NOT NULL,
    request_hash bytea          NOT NULL,
    outcome      text           NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_recorded_at ON store.idempotency (recorded_at);
