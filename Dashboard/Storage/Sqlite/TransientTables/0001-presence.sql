-- Who has an instance's page open, for seconds: each console that shares the folder replaces its own rows.
CREATE TABLE presence (
    replica TEXT NOT NULL,
    person TEXT NOT NULL,
    instance TEXT NOT NULL,
    acting TEXT,                    -- the name of the action whose dialog is open; null for none
    until INTEGER NOT NULL          -- unix milliseconds; the console that wrote it has ended where this is over
) STRICT;
CREATE INDEX presence_replica ON presence (replica);
