-- All that is read by its kind is read by `items_of_now`.
DROP INDEX items_by_kind;
