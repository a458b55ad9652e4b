-- What kudos say, to be searched. It follows `items` by triggers, so that nothing that comes, changes or goes is missed.
-- A place is the kudos' instant (milliseconds, times 2^20) and, among those of one instant, a number: the search goes
-- through the places backwards and so finds the newest first, without sorting.
CREATE TABLE kudos_places (
  place INTEGER PRIMARY KEY,
  item  TEXT NOT NULL UNIQUE
) STRICT;

-- `people` are those who gave and got them, `team_value` what they stand for, each as one word: see `store/kudos.rs`.
CREATE VIRTUAL TABLE kudos_words USING fts5 (
  reason, people, team_value,
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
-- What is deleted is not left in the index.
INSERT INTO kudos_words (kudos_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER kudos_came AFTER INSERT ON items WHEN new.kind = 'kudos' AND new.body IS NOT NULL BEGIN
  INSERT INTO kudos_places (place, item)
    SELECT coalesce(max(place) + 1, new.created_at << 20), new.id FROM kudos_places
    WHERE place >= new.created_at << 20 AND place < (new.created_at + 1) << 20;
  INSERT INTO kudos_words (rowid, reason, people, team_value)
    SELECT place, new.body ->> '$.reason',
      (SELECT 'm' || replace(substr(new.owner, -36), '-', '') || coalesce(group_concat(' m' || replace(value, '-', ''), ''), '')
         FROM json_each(new.body, '$.to')),
      'v' || replace(new.body ->> '$.value', '-', 'ω')
    FROM kudos_places WHERE item = new.id;
END;

CREATE TRIGGER kudos_changed AFTER UPDATE ON items WHEN new.kind = 'kudos' AND new.body IS NOT old.body BEGIN
  DELETE FROM kudos_words WHERE rowid IN (SELECT place FROM kudos_places WHERE item = new.id);
  INSERT INTO kudos_places (place, item)
    SELECT coalesce(max(place) + 1, new.created_at << 20), new.id FROM kudos_places
    WHERE place >= new.created_at << 20 AND place < (new.created_at + 1) << 20
    HAVING NOT EXISTS (SELECT 1 FROM kudos_places WHERE item = new.id);
  INSERT INTO kudos_words (rowid, reason, people, team_value)
    SELECT place, new.body ->> '$.reason',
      (SELECT 'm' || replace(substr(new.owner, -36), '-', '') || coalesce(group_concat(' m' || replace(value, '-', ''), ''), '')
         FROM json_each(new.body, '$.to')),
      'v' || replace(new.body ->> '$.value', '-', 'ω')
    FROM kudos_places WHERE item = new.id AND new.body IS NOT NULL;
  DELETE FROM kudos_places WHERE item = new.id AND new.body IS NULL;
END;

CREATE TRIGGER kudos_went AFTER DELETE ON items WHEN old.kind = 'kudos' BEGIN
  DELETE FROM kudos_words WHERE rowid IN (SELECT place FROM kudos_places WHERE item = old.id);
  DELETE FROM kudos_places WHERE item = old.id;
END;

-- What is here already.
INSERT INTO kudos_places (place, item)
  SELECT (created_at << 20) + row_number() OVER (PARTITION BY created_at ORDER BY id) - 1, id
  FROM items WHERE kind = 'kudos' AND body IS NOT NULL;
INSERT INTO kudos_words (rowid, reason, people, team_value)
  SELECT place, body ->> '$.reason',
    (SELECT 'm' || replace(substr(owner, -36), '-', '') || coalesce(group_concat(' m' || replace(value, '-', ''), ''), '')
       FROM json_each(body, '$.to')),
    'v' || replace(body ->> '$.value', '-', 'ω')
  FROM items JOIN kudos_places ON item = id;

-- Whoever searches for a name means kudos of and to its bearer. `member` is the word for them in `people`.
CREATE VIRTUAL TABLE member_names USING fts5 (
  name, member UNINDEXED,
  tokenize = "unicode61 remove_diacritics 2", prefix = '1 2'
);
INSERT INTO member_names (member_names, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER member_came AFTER INSERT ON items WHEN new.kind = 'member' AND new.body IS NOT NULL BEGIN
  INSERT INTO member_names (name, member) VALUES (new.body ->> '$.name', 'm' || replace(new.id, '-', ''));
END;

CREATE TRIGGER member_changed AFTER UPDATE ON items WHEN new.kind = 'member' AND new.body IS NOT old.body BEGIN
  DELETE FROM member_names WHERE member = 'm' || replace(new.id, '-', '');
  INSERT INTO member_names (name, member)
    SELECT new.body ->> '$.name', 'm' || replace(new.id, '-', '') WHERE new.body IS NOT NULL;
END;

CREATE TRIGGER member_went AFTER DELETE ON items WHEN old.kind = 'member' BEGIN
  DELETE FROM member_names WHERE member = 'm' || replace(old.id, '-', '');
END;

INSERT INTO member_names (name, member)
  SELECT body ->> '$.name', 'm' || replace(id, '-', '') FROM items WHERE kind = 'member' AND body IS NOT NULL;
