-- The endpoint's versions of items, as they came. Own ops that wait are laid over them when read.
CREATE TABLE items (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  owner      TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  audience   TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER,
  body       TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX items_by_kind ON items (kind);

-- Where a resync collects pages until it is whole; then it takes the place of `items`.
CREATE TABLE fresh_items (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  owner      TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  audience   TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER,
  body       TEXT
) STRICT, WITHOUT ROWID;

-- Ops that the endpoint has not acknowledged, by their number on this device.
CREATE TABLE outbox (
  n     INTEGER PRIMARY KEY,
  op    TEXT NOT NULL,
  blobs TEXT NOT NULL
) STRICT;

-- Ops that can never pass, kept with their words until their writer dismisses them.
CREATE TABLE refused (
  n       INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,
  words   TEXT NOT NULL,
  problem TEXT NOT NULL
) STRICT;

-- Photos made ready for a share that is not sent yet.
CREATE TABLE prepared (
  photo TEXT PRIMARY KEY,
  facts TEXT NOT NULL
) STRICT;

CREATE TABLE seen (item TEXT PRIMARY KEY) STRICT;

-- Reminders and notices that were told already, so that none is told twice.
CREATE TABLE delivered (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;

-- Notices that wait for the end of a focus, a pause or the night.
CREATE TABLE held (key TEXT PRIMARY KEY, notice TEXT NOT NULL, at INTEGER NOT NULL) STRICT;

-- Notifications to be shown again at a time.
CREATE TABLE snoozed (key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;

-- Single values: cursor, epoch, settings, draft …
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
