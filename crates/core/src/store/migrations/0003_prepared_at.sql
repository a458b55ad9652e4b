-- When a photo was made ready: one that is in no draft is dropped after some days.
ALTER TABLE prepared ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
