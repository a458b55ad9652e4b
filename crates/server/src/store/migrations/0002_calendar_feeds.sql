-- A member's private calendar feed, at most one each. Only a hash of its secret is kept, and nothing of who reads it.
CREATE TABLE calendar_feeds (
  member     TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
