-- Who did what, why, to which server. Rows are appended and never changed; each is sealed with a key and holds the seal of the row before it.
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,            -- unix milliseconds
    kind TEXT NOT NULL,             -- event, intent, outcome, late, restored
    act TEXT,                       -- what an intent and its outcome share; null for plain events
    replica TEXT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT,
    action TEXT NOT NULL,
    subject TEXT,
    instance TEXT,
    run_id TEXT,
    database INTEGER,
    counts TEXT,                    -- JSON object of whole numbers
    reason TEXT,
    result TEXT NOT NULL,
    detail TEXT,
    previous BLOB NOT NULL UNIQUE,
    hash BLOB NOT NULL UNIQUE,
    UNIQUE (act, kind)
) STRICT;

CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_intents ON audit (sequence) WHERE kind = 'intent';

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit rows are never changed');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit rows are never deleted');
END;

-- INSERT OR REPLACE would delete without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE sequence >= NEW.sequence OR previous = NEW.previous OR hash = NEW.hash)
BEGIN
    SELECT RAISE(ABORT, 'audit rows are only appended');
END;

-- How long the console that runs an act may still be believed to be at it.
CREATE TABLE leases (
    act TEXT NOT NULL PRIMARY KEY,
    replica TEXT NOT NULL,
    until INTEGER NOT NULL          -- unix milliseconds
) STRICT;
