-- What soft flushes keep for their Undo, until it is brought back or given up.
CREATE TABLE swaps (
    id TEXT NOT NULL PRIMARY KEY,   -- of the run that flushed
    instance TEXT NOT NULL,
    run_id TEXT NOT NULL,
    database INTEGER NOT NULL,
    spare INTEGER NOT NULL,         -- the database that keeps what was flushed
    keys INTEGER NOT NULL,          -- at most so many were put there
    operator TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('begun', 'kept', 'returning', 'purging', 'over')),
    run TEXT,                       -- the run that swaps or brings back; null while none does
    lease INTEGER,                  -- unix milliseconds; until then the console that gives it up is believed to be at it
    swapped_at INTEGER NOT NULL,    -- unix milliseconds
    ends_at INTEGER NOT NULL,       -- unix milliseconds; given up from then on
    ended_at INTEGER,               -- unix milliseconds
    sentence TEXT
) STRICT;

-- A late giving up must never take what another flush keeps there.
CREATE UNIQUE INDEX swaps_one_a_spare ON swaps (instance, spare) WHERE state <> 'over';
