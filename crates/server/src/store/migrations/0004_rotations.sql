-- What is kept of a series with several slots so that those who have it hard take turns: what each member has borne so
-- far by the plan, and where the coming weeks meet. Nothing about who came.
CREATE TABLE rotations (
  series TEXT PRIMARY KEY,
  kept   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
