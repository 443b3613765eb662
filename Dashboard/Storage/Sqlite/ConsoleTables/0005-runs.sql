-- Actions on instances. At most one at a time on each, whichever console runs it.
CREATE TABLE runs (
    id TEXT NOT NULL PRIMARY KEY,
    action TEXT NOT NULL,
    instance TEXT NOT NULL,
    run_id TEXT NOT NULL,
    database INTEGER NOT NULL,
    scope TEXT NOT NULL,
    operator TEXT NOT NULL,
    replica TEXT NOT NULL,
    lease INTEGER NOT NULL,         -- unix milliseconds; until then the console that runs it is believed to be at it
    begun_at INTEGER NOT NULL,      -- unix milliseconds
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER,                  -- null while it is not known
    says TEXT NOT NULL DEFAULT '',
    cancelled_by TEXT,
    ended_at INTEGER,               -- unix milliseconds
    result TEXT,
    sentence TEXT,
    counts TEXT                     -- JSON object of whole numbers
) STRICT;

CREATE UNIQUE INDEX runs_one_an_instance ON runs (instance) WHERE ended_at IS NULL;
CREATE INDEX runs_newest ON runs (begun_at);
