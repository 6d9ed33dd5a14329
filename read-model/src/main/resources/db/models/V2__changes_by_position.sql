-- Whoever watches services asks which of them changed since the last look: a few positions at the end of all.
CREATE INDEX instance_versions_position ON instance_versions (from_position);
