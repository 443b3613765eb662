-- A machine token is accepted while the account that answers for it belongs to an owner. Bound to the account's id: its name may be somebody else's tomorrow.
ALTER TABLE machine_tokens ADD COLUMN responsible TEXT;     -- id of an account; null: of none, and the token is refused
ALTER TABLE machine_tokens ADD COLUMN adopted_by TEXT;      -- the name of the owner who adopted it; null: its maker answers for it
ALTER TABLE machine_tokens ADD COLUMN stopped_at INTEGER;   -- unix milliseconds, when that owner was disabled or lost the role; refused until it is adopted

-- Earlier rows hold the maker's name alone. Names are unique; an account that is newer than the token is another person's.
UPDATE machine_tokens SET responsible = (
    SELECT accounts.id FROM accounts WHERE accounts.plain_name = upper(machine_tokens.made_by) AND accounts.created_at <= machine_tokens.made_at);

-- An owner who was disabled or lost the role before this: what the account gets back later does not start the token.
UPDATE machine_tokens SET stopped_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000
WHERE responsible IN (SELECT id FROM accounts WHERE disabled_at IS NOT NULL)
   OR responsible NOT IN (SELECT account FROM grants WHERE role = 'owner' AND instance = '');
