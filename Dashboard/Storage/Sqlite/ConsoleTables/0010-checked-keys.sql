-- What the check of all names found among the keys that a flush retains: null while it is not complete, empty for nothing.
ALTER TABLE swaps ADD COLUMN foreign_keys TEXT;
