-- The id of this store, in one row that never changes, for the channels of the backplane: consoles that share the store share them, and
-- others do not hear them.
CREATE TABLE store_identity (id TEXT PRIMARY KEY CHECK (length(id) = 16));
