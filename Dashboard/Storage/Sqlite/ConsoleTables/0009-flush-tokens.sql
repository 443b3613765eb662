-- When the server says that a flush began, in microseconds. Null: the exchange of databases was not sent yet, or an earlier version
-- sent it, which wrote no token.
ALTER TABLE swaps ADD COLUMN begun_at INTEGER;

-- What an earlier process of the server kept is lost with it, and must not be in the way of the next flush.
DROP INDEX swaps_one_a_spare;
CREATE UNIQUE INDEX swaps_one_a_spare ON swaps (instance, spare, run_id) WHERE state <> 'over';
