-- The server's clock when a flush began, then when its databases were exchanged, in microseconds. Null: the exchange was not sent
-- yet. 0: an earlier version began it, which wrote no token.
ALTER TABLE swaps ADD COLUMN begun_at INTEGER;

-- What an earlier version has open may have been sent; it has no token.
UPDATE swaps SET begun_at = 0 WHERE state <> 'over';

-- What an earlier process of the server kept is lost with it, and must not be in the way of the next flush.
DROP INDEX swaps_one_a_spare;
CREATE UNIQUE INDEX swaps_one_a_spare ON swaps (instance, spare, run_id) WHERE state <> 'over';
