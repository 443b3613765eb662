-- Instances by a small number of their own: every row carries it.
CREATE TABLE instances (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
);

-- The server processes met. A new run_id is a restart.
CREATE TABLE epochs (
    number INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    first_seen INTEGER NOT NULL -- unix milliseconds
);

-- One table a tier. $metrics$ stands for the columns of the metrics known when the file was made; those of later ones are added.
CREATE TABLE readings_1s (
    instance INTEGER NOT NULL,
    at INTEGER NOT NULL,        -- unix milliseconds, when the poll ended
    epoch INTEGER,
    marks INTEGER NOT NULL,
    covered REAL NOT NULL,      -- seconds for which counters are known
    held REAL NOT NULL,         -- seconds for which gauges are known
    $metrics$
);

CREATE TABLE readings_10s (
    instance INTEGER NOT NULL,
    at INTEGER NOT NULL,        -- unix milliseconds, start of the stretch
    epoch INTEGER,
    marks INTEGER NOT NULL,
    covered REAL NOT NULL,
    held REAL NOT NULL,
    $metrics$
);

CREATE TABLE readings_1m (
    instance INTEGER NOT NULL,
    at INTEGER NOT NULL,
    epoch INTEGER,
    marks INTEGER NOT NULL,
    covered REAL NOT NULL,
    held REAL NOT NULL,
    $metrics$
);

CREATE TABLE readings_15m (
    instance INTEGER NOT NULL,
    at INTEGER NOT NULL,
    epoch INTEGER,
    marks INTEGER NOT NULL,
    covered REAL NOT NULL,
    held REAL NOT NULL,
    $metrics$
);

CREATE UNIQUE INDEX readings_1s_at ON readings_1s (instance, at);
CREATE UNIQUE INDEX readings_10s_at ON readings_10s (instance, at);
CREATE UNIQUE INDEX readings_1m_at ON readings_1m (instance, at);
CREATE UNIQUE INDEX readings_15m_at ON readings_15m (instance, at);
