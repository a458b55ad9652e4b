-- A round of the pulse, for as long as it is open: all of its rows go when it closes. The secret key of its tokens lies here
-- and nowhere else.
CREATE TABLE pulse_rounds (
  round     TEXT PRIMARY KEY,
  secret    BLOB NOT NULL,
  closes_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who has fetched their one token, and the hash of what was blinded then: so that a repeat is told from a second one. It does
-- not say who has answered, and the hash has nothing to do with any answer.
CREATE TABLE pulse_fetched (
  round   TEXT NOT NULL,
  member  TEXT NOT NULL,
  blinded TEXT NOT NULL,
  PRIMARY KEY (round, member)
) STRICT, WITHOUT ROWID;

-- The numbers that came with answers. They lie in the order of the numbers themselves, which is chance; there is no row
-- number and no time, and nothing says which answer came with which.
CREATE TABLE pulse_used (
  round  TEXT NOT NULL,
  number BLOB NOT NULL,
  PRIMARY KEY (round, number)
) STRICT, WITHOUT ROWID;

-- How many have said what: one row, five numbers.
CREATE TABLE pulse_counts (
  round  TEXT PRIMARY KEY,
  said_1 INTEGER NOT NULL DEFAULT 0,
  said_2 INTEGER NOT NULL DEFAULT 0,
  said_3 INTEGER NOT NULL DEFAULT 0,
  said_4 INTEGER NOT NULL DEFAULT 0,
  said_5 INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
