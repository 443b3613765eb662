-- Runs and swaps that are over are removed by number and by age, in the order of these.
CREATE INDEX runs_of_instance ON runs (instance, begun_at);
CREATE INDEX swaps_over ON swaps (ended_at) WHERE state = 'over';

-- Tokens that ran out or were revoked more than 90 days ago, a hundred with each new one.
CREATE TRIGGER machine_tokens_long_over AFTER INSERT ON machine_tokens
BEGIN
    DELETE FROM machine_tokens WHERE id IN (
        SELECT id FROM machine_tokens WHERE min(until, coalesce(revoked_at, until)) < NEW.made_at - 90 * 86400000 ORDER BY made_at LIMIT 100);
END;
