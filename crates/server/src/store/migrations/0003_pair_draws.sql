-- The weeks, by their Mondays, for which pair calls were drawn: each once, also when nobody was there to be drawn.
CREATE TABLE pair_draws (
  week TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
