CREATE ROLE registry LOGIN PASSWORD '{password}' IN ROLE pg_monitor, pg_checkpoint
CREATE DATABASE registry OWNER registry
