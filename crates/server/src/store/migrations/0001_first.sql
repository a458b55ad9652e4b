-- The one team of this endpoint. `head` is the newest seq; it is written last in every transaction. An empty `epoch`
-- marks a backup: whoever opens it begins a new one.
CREATE TABLE team (
  id        TEXT PRIMARY KEY,
  epoch     TEXT NOT NULL,
  head      INTEGER NOT NULL,
  low_water INTEGER NOT NULL
) STRICT;

CREATE TABLE items (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  owner      TEXT NOT NULL,
  seq        INTEGER NOT NULL UNIQUE,
  audience   TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  expires_at INTEGER,
  body       TEXT,
  target     TEXT
) STRICT;
CREATE INDEX items_by_expiry ON items (expires_at) WHERE body IS NOT NULL AND expires_at IS NOT NULL;
CREATE INDEX items_by_target ON items (target) WHERE target IS NOT NULL;
CREATE INDEX items_by_owner ON items (owner);
CREATE INDEX items_by_kind ON items (kind, seq);
CREATE INDEX tombstones ON items (updated_at) WHERE body IS NULL;

-- Gatherings that an admin called off: the series does not bring them back. One that its series moved away is a
-- tombstone too, but has no row here.
CREATE TABLE cancelled (
  item TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- A device and the highest op number applied from it. There is no "last seen".
CREATE TABLE devices (
  id         TEXT PRIMARY KEY,
  member     TEXT NOT NULL,
  name       TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  last_n     INTEGER NOT NULL
) STRICT;
CREATE INDEX devices_by_member ON devices (member);

-- What came of each op, so that an op that is sent again is answered as it was the first time.
CREATE TABLE op_results (
  device  TEXT NOT NULL,
  n       INTEGER NOT NULL,
  item    TEXT NOT NULL,
  seq     INTEGER,
  problem TEXT,
  PRIMARY KEY (device, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE invites (
  id         TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  maker      TEXT,
  is_owner   INTEGER NOT NULL,
  uses_left  INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

-- Who came in by an invite with a key of their own, so that a join whose answer was lost can be sent again.
CREATE TABLE joins (
  invite   TEXT NOT NULL,
  join_key TEXT NOT NULL,
  device   TEXT NOT NULL,
  PRIMARY KEY (invite, join_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE blobs (
  hash       TEXT PRIMARY KEY,
  bytes      INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Who brought a photo, and so may name it: the same one may come from several.
CREATE TABLE uploads (
  hash   TEXT NOT NULL,
  member TEXT NOT NULL,
  PRIMARY KEY (hash, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_by_member ON uploads (member);

CREATE TABLE blob_refs (
  item TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (item, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_refs_by_hash ON blob_refs (hash);
