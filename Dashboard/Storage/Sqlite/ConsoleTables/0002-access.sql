-- Who may come in. Times are unix milliseconds.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    plain_name TEXT NOT NULL UNIQUE,     -- upper case: names differ by more than that
    password_hash TEXT,                  -- null: invited and not here yet
    security_stamp TEXT NOT NULL,        -- a new one ends every session begun under the old one
    authenticator_key TEXT,              -- encrypted with the console's keys
    recent_codes TEXT,                   -- hashes of the codes given last: each is good once
    two_factor INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL,
    last_sign_in INTEGER
);

CREATE TABLE recovery_codes (
    account TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (account, hash)
);

CREATE TABLE grants (
    account TEXT NOT NULL,
    role TEXT NOT NULL,
    instance TEXT NOT NULL DEFAULT '',   -- empty: all
    PRIMARY KEY (account, role, instance)
);

-- Where an account has signed in from: there a crowd guessing elsewhere slows nobody down.
CREATE TABLE known_addresses (
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, address)
);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,                 -- random; the cookie that holds it is encrypted
    account TEXT NOT NULL,
    stamp TEXT NOT NULL,                 -- the account's security stamp when it began
    address TEXT,
    begun_at INTEGER NOT NULL,
    active_at INTEGER NOT NULL,          -- when a person last did something
    confirmed_at INTEGER NOT NULL,       -- when a person last gave a password or code
    ended_at INTEGER
);
CREATE INDEX sessions_of_account ON sessions (account);

-- One-time links: for the first owner (no account), an invited person, or a forgotten password.
CREATE TABLE invitations (
    hash TEXT PRIMARY KEY,
    account TEXT,
    made_by TEXT NOT NULL,
    until INTEGER NOT NULL,
    used_at INTEGER
);

CREATE TABLE machine_tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,                -- commas between
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    revoked_at INTEGER,
    used_at INTEGER                      -- to the minute
);
