-- The tables of SQLite's migrations up to 0008, in PostgreSQL's words, and what several nodes need. Nodes of two versions may
-- run side by side: a migration only ever adds, and what is not needed any more goes a version later.

-- Where something stands in a text, from 1, or 0: as SQLite has it.
CREATE FUNCTION instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS 'SELECT strpos($1, $2)';

-- The one team of this endpoint. `head` is the newest seq; it is written last in every transaction. An empty `epoch`
-- marks a backup: whoever opens it begins a new one.
CREATE TABLE team (
  id        TEXT COLLATE "C" PRIMARY KEY,
  epoch     TEXT COLLATE "C" NOT NULL,
  head      BIGINT NOT NULL,
  low_water BIGINT NOT NULL
);

CREATE TABLE items (
  id         TEXT COLLATE "C" PRIMARY KEY,
  kind       TEXT COLLATE "C" NOT NULL,
  owner      TEXT COLLATE "C" NOT NULL,
  seq        BIGINT NOT NULL UNIQUE,
  audience   TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  expires_at BIGINT,
  body       TEXT,
  target     TEXT COLLATE "C"
);
CREATE INDEX items_by_expiry ON items (expires_at) WHERE body IS NOT NULL AND expires_at IS NOT NULL;
CREATE INDEX items_by_target ON items (target) WHERE target IS NOT NULL;
CREATE INDEX items_by_owner ON items (owner);
CREATE INDEX items_by_kind ON items (kind, seq);
CREATE INDEX tombstones ON items (updated_at) WHERE body IS NULL;

-- Gatherings that an admin called off: the series does not bring them back. One that its series moved away is a
-- tombstone too, but has no row here.
CREATE TABLE cancelled (
  item TEXT COLLATE "C" PRIMARY KEY
);

-- A device and the highest op number applied from it. There is no "last seen".
CREATE TABLE devices (
  id         TEXT COLLATE "C" PRIMARY KEY,
  member     TEXT COLLATE "C" NOT NULL,
  name       TEXT NOT NULL,
  token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  last_n     BIGINT NOT NULL
);
CREATE INDEX devices_by_member ON devices (member);

-- What came of each op, so that an op that is sent again is answered as it was the first time.
CREATE TABLE op_results (
  device  TEXT COLLATE "C" NOT NULL,
  n       BIGINT NOT NULL,
  item    TEXT COLLATE "C" NOT NULL,
  seq     BIGINT,
  problem TEXT,
  PRIMARY KEY (device, n)
);

CREATE TABLE invites (
  id         TEXT COLLATE "C" PRIMARY KEY,
  token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  maker      TEXT COLLATE "C",
  is_owner   BIGINT NOT NULL,
  uses_left  BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

-- Who came in by an invite with a key of their own, so that a join whose answer was lost can be sent again.
CREATE TABLE joins (
  invite   TEXT COLLATE "C" NOT NULL,
  join_key TEXT COLLATE "C" NOT NULL,
  device   TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (invite, join_key)
);

CREATE TABLE blobs (
  hash       TEXT COLLATE "C" PRIMARY KEY,
  bytes      BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

-- Who brought a photo, and so may name it: the same one may come from several.
CREATE TABLE uploads (
  hash   TEXT COLLATE "C" NOT NULL,
  member TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (hash, member)
);
CREATE INDEX uploads_by_member ON uploads (member);

CREATE TABLE blob_refs (
  item TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (item, hash)
);
CREATE INDEX blob_refs_by_hash ON blob_refs (hash);
-- A member's private calendar feed, at most one each. Only a hash of its secret is kept, and nothing of who reads it.
CREATE TABLE calendar_feeds (
  member     TEXT COLLATE "C" PRIMARY KEY,
  token_hash TEXT COLLATE "C" NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);
-- The weeks, by their Mondays, for which pair calls were drawn: each once, also when nobody was there to be drawn.
CREATE TABLE pair_draws (
  week TEXT COLLATE "C" PRIMARY KEY
);
-- What is kept of a series with several slots so that those who have it hard take turns: what each member has borne so
-- far by the plan, and where the coming weeks meet. Nothing about who came.
CREATE TABLE rotations (
  series TEXT COLLATE "C" PRIMARY KEY,
  kept   TEXT NOT NULL
);
-- The keys of decisions whose voices are hidden, for as long as such a decision is open: not in any item, so that no page,
-- stream or export has them. The row goes when the decision is closed, withdrawn or deleted.
CREATE TABLE decision_seals (
  decision TEXT COLLATE "C" PRIMARY KEY,
  identity TEXT COLLATE "C" NOT NULL
);
-- Places outside of Samovar where some of what the team shares is shown too. `target` holds addresses and tokens: they
-- stand here and nowhere else. A mirror is paused when an admin says so, and broken when trying again does not help.
CREATE TABLE mirrors (
  id             TEXT COLLATE "C" PRIMARY KEY,
  name           TEXT NOT NULL,
  target         TEXT NOT NULL,
  language       TEXT COLLATE "C" NOT NULL,
  kudos          BIGINT NOT NULL,
  gatherings     BIGINT NOT NULL,
  state          TEXT COLLATE "C" NOT NULL,
  trouble        TEXT COLLATE "C",
  failures       BIGINT NOT NULL DEFAULT 0,
  failing_since  BIGINT,
  next_at        BIGINT NOT NULL DEFAULT 0,
  delivered_at   BIGINT,
  refused_in_row BIGINT NOT NULL DEFAULT 0,
  uncertain      BIGINT NOT NULL DEFAULT 0,
  refused        BIGINT NOT NULL DEFAULT 0
);

-- What is to be done at each mirror, in the order of `due_at` and then `n`. `begun_at` is set before a call is made and
-- cleared when its outcome is known: where it stands after a start, nobody knows whether the call has arrived.
CREATE TABLE mirror_queue (
  n        BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  mirror   TEXT COLLATE "C" NOT NULL,
  item     TEXT COLLATE "C" NOT NULL,
  deed     TEXT COLLATE "C" NOT NULL,
  due_at   BIGINT NOT NULL,
  begun_at BIGINT
);
CREATE INDEX mirror_queue_by_mirror ON mirror_queue (mirror, due_at, n);
CREATE INDEX mirror_queue_by_item ON mirror_queue (item);

-- What is shown where, how the service calls it, and of which version.
CREATE TABLE mirrored (
  mirror    TEXT COLLATE "C" NOT NULL,
  item      TEXT COLLATE "C" NOT NULL,
  reference TEXT,
  digest    TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (mirror, item)
);
CREATE INDEX mirrored_by_item ON mirrored (item);
-- A round of the pulse, for as long as it is open: all of its rows go when it closes. The secret key of its tokens lies here
-- and nowhere else.
CREATE TABLE pulse_rounds (
  round     TEXT COLLATE "C" PRIMARY KEY,
  secret    BYTEA NOT NULL,
  closes_at BIGINT NOT NULL
);

-- Who has fetched their one token, and the hash of what was blinded then: so that a repeat is told from a second one. It does
-- not say who has answered, and the hash has nothing to do with any answer.
CREATE TABLE pulse_fetched (
  round   TEXT COLLATE "C" NOT NULL,
  member  TEXT COLLATE "C" NOT NULL,
  blinded TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (round, member)
);

-- The numbers that came with answers. There is no row number and no time, and nothing says which answer came with which; but
-- PostgreSQL keeps rows in the order in which they came until it is vacuumed, and SQLite does not.
CREATE TABLE pulse_used (
  round  TEXT COLLATE "C" NOT NULL,
  number BYTEA NOT NULL,
  PRIMARY KEY (round, number)
);

-- How many have said what: one row, five numbers.
CREATE TABLE pulse_counts (
  round  TEXT COLLATE "C" PRIMARY KEY,
  said_1 BIGINT NOT NULL DEFAULT 0,
  said_2 BIGINT NOT NULL DEFAULT 0,
  said_3 BIGINT NOT NULL DEFAULT 0,
  said_4 BIGINT NOT NULL DEFAULT 0,
  said_5 BIGINT NOT NULL DEFAULT 0
);
-- Words that only this endpoint knows, at most one row: the ids of celebration notices are made with them, so that nobody
-- finds a date by guessing ids. Made when they are first needed, and anew when somebody erases themselves: then no id that
-- is left tells anything of their days either.
CREATE TABLE celebration_secret (
  secret TEXT COLLATE "C" NOT NULL
);

-- Devices that were ended, for the other nodes, which end their streams. A row goes after an hour.
CREATE TABLE revocations (
  n      BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  device TEXT COLLATE "C" NOT NULL,
  at     BIGINT NOT NULL
);

-- What one node at a time does, and until when it is that node's, by the clock of the database.
CREATE TABLE leases (
  name   TEXT COLLATE "C" PRIMARY KEY,
  holder TEXT COLLATE "C" NOT NULL,
  until  BIGINT NOT NULL
);
