-- What was done in the name of the team: when, by whom (a member's id, 'command line', or 'former' for somebody who has left),
-- what, and to what kind of thing. Never to which one, and never what it says. A row goes after 180 days.
CREATE TABLE admin_acts (
  n     INTEGER PRIMARY KEY AUTOINCREMENT,
  at    INTEGER NOT NULL,
  actor TEXT NOT NULL,
  deed  TEXT NOT NULL,
  thing TEXT NOT NULL
) STRICT;
CREATE INDEX admin_acts_by_time ON admin_acts (at);
CREATE INDEX admin_acts_by_actor ON admin_acts (actor);

-- Devices that were ended from outside of the endpoint that serves this file, which ends their streams and deletes the row
-- within moments; at its next start when it does not run.
CREATE TABLE revocations (
  n      INTEGER PRIMARY KEY AUTOINCREMENT,
  device TEXT NOT NULL
) STRICT;
