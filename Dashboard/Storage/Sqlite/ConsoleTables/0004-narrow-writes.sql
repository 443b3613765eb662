-- The time step of the newest authenticator code that was taken: no code of it, or of one before it, is taken again.
ALTER TABLE accounts ADD COLUMN last_step INTEGER;
ALTER TABLE accounts DROP COLUMN recent_codes;

-- A key is kept once a code of it was seen.
UPDATE accounts SET authenticator_key = NULL WHERE two_factor = 0;

-- Sessions are found by the hash of their id: who reads this file gets nobody's session. Those kept by the id itself end.
DELETE FROM sessions;
ALTER TABLE sessions RENAME COLUMN id TO hash;
