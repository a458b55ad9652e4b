-- Places outside of Samovar where some of what the team shares is shown too. `target` holds addresses and tokens: they
-- stand here and nowhere else. A mirror is paused when an admin says so, and broken when trying again does not help.
CREATE TABLE mirrors (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  target         TEXT NOT NULL,
  language       TEXT NOT NULL,
  kudos          INTEGER NOT NULL,
  gatherings     INTEGER NOT NULL,
  state          TEXT NOT NULL,
  trouble        TEXT,
  failures       INTEGER NOT NULL DEFAULT 0,
  failing_since  INTEGER,
  next_at        INTEGER NOT NULL DEFAULT 0,
  delivered_at   INTEGER,
  refused_in_row INTEGER NOT NULL DEFAULT 0,
  uncertain      INTEGER NOT NULL DEFAULT 0,
  refused        INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What is to be done at each mirror, in the order of `due_at` and then `n`. `begun_at` is set before a call is made and
-- cleared when its outcome is known: where it stands after a start, nobody knows whether the call has arrived.
CREATE TABLE mirror_queue (
  n        INTEGER PRIMARY KEY AUTOINCREMENT,
  mirror   TEXT NOT NULL,
  item     TEXT NOT NULL,
  deed     TEXT NOT NULL,
  due_at   INTEGER NOT NULL,
  begun_at INTEGER
) STRICT;
CREATE INDEX mirror_queue_by_mirror ON mirror_queue (mirror, due_at, n);
CREATE INDEX mirror_queue_by_item ON mirror_queue (item);

-- What is shown where, how the service calls it, and of which version.
CREATE TABLE mirrored (
  mirror    TEXT NOT NULL,
  item      TEXT NOT NULL,
  reference TEXT,
  digest    TEXT NOT NULL,
  PRIMARY KEY (mirror, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX mirrored_by_item ON mirrored (item);
