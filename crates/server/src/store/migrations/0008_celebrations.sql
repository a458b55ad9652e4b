-- Words that only this endpoint knows, at most one row: the ids of celebration notices are made with them, so that nobody
-- finds a date by guessing ids. Made when they are first needed, and anew when somebody erases themselves: then no id that
-- is left tells anything of their days either.
CREATE TABLE celebration_secret (
  secret TEXT NOT NULL
) STRICT;
