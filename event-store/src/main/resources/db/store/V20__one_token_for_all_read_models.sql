-- One processor folds all read models. It goes on where the slowest of the three before it was: what the others had folded is folded
-- again, which changes nothing. If one of them had no token, it begins with the first fact.
INSERT INTO store.tokens (processor_name, segment, token, token_type, claimed_at)
SELECT 'read_models', 0, (array_agg(token ORDER BY (convert_from(token, 'UTF8')::jsonb ->> 'globalIndex')::bigint))[1],
       min(token_type), min(claimed_at)
FROM store.tokens
WHERE processor_name IN ('instances', 'audit', 'configurations')
HAVING count(DISTINCT processor_name) = 3
   AND bool_and(token IS NOT NULL AND token_type = 'org.axonframework.eventhandling.GlobalSequenceTrackingToken');

DELETE FROM store.tokens WHERE processor_name IN ('instances', 'audit', 'configurations');
