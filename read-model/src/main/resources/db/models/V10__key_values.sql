-- Everything that a key of the key/value store ever was, with the positions between which it was true: [from_position, to_position).
-- Being deleted is a state too, with a null value, so that each key has exactly one row that is still true. The keys of configurations
-- are not here. The collation orders keys by their bytes, as clients expect.
CREATE TABLE key_values (
    from_position    bigint  NOT NULL,
    to_position      bigint  CHECK (to_position > from_position),
    created_position bigint  NOT NULL,
    flags            bigint  NOT NULL,
    version          integer NOT NULL CHECK (version > 0),
    key              text    COLLATE "C" NOT NULL,
    value            bytea,
    CONSTRAINT key_values_pkey PRIMARY KEY (key, from_position)
);
CREATE UNIQUE INDEX key_values_open ON key_values (key) WHERE to_position IS NULL;
-- Waiting clients need the keys that changed since the last poll.
CREATE INDEX key_values_position ON key_values (from_position);
