-- Items that are new here and that their person may be told of, in the order in which they came; until that is done.
CREATE TABLE arrived (n INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT NOT NULL) STRICT;
