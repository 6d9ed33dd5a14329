-- How often whom the gate did not let in, minute by minute. No fold of events: each node writes down what it counted, a minute once, and
-- at most a hundred kinds of it, so that a flood stays small.
CREATE TABLE denials (
    minute timestamptz NOT NULL,
    denied bigint      NOT NULL,
    node   text        NOT NULL,
    who    text        NOT NULL,
    route  text        NOT NULL,
    code   text        NOT NULL,
    CONSTRAINT denials_pkey PRIMARY KEY (minute, who, route, code, node)
);
