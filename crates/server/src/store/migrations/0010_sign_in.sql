-- Sign-ins that are under way at the company's provider: hashes of the state that went there and of what the browser holds.
-- A row goes when the sign-in comes back, or after ten minutes.
CREATE TABLE sign_ins (
  state_hash   TEXT PRIMARY KEY,
  browser_hash TEXT NOT NULL,
  expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Invites that a sign-in has made: for whom, by a hash of who they are at the provider, and with which role when groups say so.
CREATE TABLE sign_in_codes (
  invite  TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  role    TEXT
) STRICT, WITHOUT ROWID;

-- Who of those at the provider is which member. A row goes with the member.
CREATE TABLE identities (
  subject TEXT PRIMARY KEY,
  member  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_by_member ON identities (member);
