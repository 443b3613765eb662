-- A run without a slot does not keep other runs of the instance from beginning: deleting a token that a person has waits for nothing.
ALTER TABLE runs ADD COLUMN slot INTEGER NOT NULL DEFAULT 1;
DROP INDEX runs_one_an_instance;
CREATE UNIQUE INDEX runs_one_an_instance ON runs (instance) WHERE ended_at IS NULL AND slot = 1;

-- SHA-256 digests of revoked tokens; never the tokens.
CREATE TABLE revoked_tokens (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    revoked_at INTEGER NOT NULL     -- unix milliseconds
) STRICT;
CREATE INDEX revoked_tokens_digest ON revoked_tokens (digest);
CREATE INDEX revoked_tokens_run ON revoked_tokens (run);

-- What is still to be done after tokens were revoked, and what came of it: looking whether they came back, cutting sockets.
CREATE TABLE revocation_steps (
    run TEXT NOT NULL,
    step TEXT NOT NULL,
    instance TEXT NOT NULL,
    user_id TEXT,                   -- whose tokens; null where they are of several
    all_of_user INTEGER NOT NULL,   -- 1 where all tokens of the user were revoked
    due_at INTEGER NOT NULL,        -- unix milliseconds
    replica TEXT,                   -- the console that works on it
    lease INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER,
    level TEXT,                     -- ok, warn or unknown
    sentence TEXT,
    details TEXT,                   -- JSON of the step
    PRIMARY KEY (run, step)
) STRICT;
CREATE INDEX revocation_steps_open ON revocation_steps (due_at) WHERE ended_at IS NULL;
