-- Who stopped an import or took it back: what is deleted then is their deed, and not the maker's.
ALTER TABLE import ADD COLUMN ended_by_id TEXT;
ALTER TABLE import ADD COLUMN ended_by TEXT;
