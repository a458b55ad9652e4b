-- The keys of decisions whose voices are hidden, for as long as such a decision is open: not in any item, so that no page,
-- stream or export has them. The row goes when the decision is closed, withdrawn or deleted.
CREATE TABLE decision_seals (
  decision TEXT PRIMARY KEY,
  identity TEXT NOT NULL
) STRICT, WITHOUT ROWID;
