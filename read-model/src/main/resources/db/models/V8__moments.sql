-- Which fact was the last one up to an instant: many are recorded at the same one.
DROP INDEX audit_at;
CREATE INDEX audit_at ON audit (at, position);
-- What is rare is found without reading all that is not.
CREATE INDEX audit_type ON audit (type, position);
