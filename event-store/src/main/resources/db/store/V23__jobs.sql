-- Jobs that one node does at a time, such as a bridge: the owner of the streams, under an epoch that each claim raises. A report of an
-- earlier epoch has no effect. A claim is valid while its node has the claims of the streams and its lease hasn't ended.
CREATE TABLE store.jobs (
    name   text PRIMARY KEY,
    node   text,
    epoch  bigint  NOT NULL DEFAULT 0,
    since  timestamptz(3),
    paused boolean NOT NULL DEFAULT false,
    report jsonb
) WITH (fillfactor = 50);
