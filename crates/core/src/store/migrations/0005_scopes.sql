-- What of the items is read at once: see `store/scope.rs`. Kudos, and what stands under something, add up as long as a team
-- lives; everything else that is here is in this index.
CREATE INDEX items_of_now ON items (kind) WHERE body IS NOT NULL AND kind NOT IN ('kudos', 'reaction', 'reply');
-- What stands under something.
CREATE INDEX items_under ON items (body ->> '$.target') WHERE kind IN ('reaction', 'reply') AND body IS NOT NULL;
-- What somebody gave.
CREATE INDEX kudos_by_owner ON items (owner) WHERE kind = 'kudos' AND body IS NOT NULL;
-- What is over.
CREATE INDEX items_by_end ON items (expires_at) WHERE expires_at IS NOT NULL AND body IS NOT NULL;
