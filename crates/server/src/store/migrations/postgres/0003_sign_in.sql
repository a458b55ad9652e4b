-- Sign-ins that are under way at the company's provider: hashes of the state that went there and of what the browser holds.
-- A row goes when the sign-in comes back, or after ten minutes.
CREATE TABLE sign_ins (
  state_hash   TEXT COLLATE "C" PRIMARY KEY,
  browser_hash TEXT COLLATE "C" NOT NULL,
  expires_at   BIGINT NOT NULL
);

-- Invites that a sign-in has made: for whom, by a hash of who they are at the provider, and with which role when groups say so.
CREATE TABLE sign_in_codes (
  invite  TEXT COLLATE "C" PRIMARY KEY,
  subject TEXT COLLATE "C" NOT NULL,
  role    TEXT COLLATE "C"
);

-- Who of those at the provider is which member. A row goes with the member.
CREATE TABLE identities (
  subject TEXT COLLATE "C" PRIMARY KEY,
  member  TEXT COLLATE "C" NOT NULL
);
CREATE INDEX identities_by_member ON identities (member);
