-- Where the other nodes reach a node, by which secret it recognizes the requests that they relay, and the SHA-256 of its
-- certificate. Only processes that can read this table know the secret. A process publishes a new one at each start.
ALTER TABLE store.nodes
    ADD COLUMN address     text,
    ADD COLUMN proof       text,
    ADD COLUMN fingerprint text;
