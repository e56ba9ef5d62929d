-- A tag is looked up whole, so it needs no search: each stands beside its codes. The index for searching
-- is then for words alone; PostgreSQL read all of it when only a tag was asked for.
CREATE TABLE code_tag (
    tag     TEXT   NOT NULL,
    code_id BIGINT NOT NULL,
    PRIMARY KEY (tag, code_id)
)
--@sqlite WITHOUT ROWID
;
CREATE INDEX code_tag_of_code ON code_tag (code_id);

--@sqlite INSERT INTO code_tag (tag, code_id)
--@sqlite WITH RECURSIVE split (code_id, tag, rest) AS (
--@sqlite     SELECT id, '', substr(tags, 2) FROM code WHERE tags IS NOT NULL AND deleted_at IS NULL
--@sqlite     UNION ALL
--@sqlite     SELECT code_id, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
--@sqlite       FROM split WHERE instr(rest, char(10)) > 0)
--@sqlite SELECT DISTINCT tag, code_id FROM split WHERE tag <> '';
--@postgres INSERT INTO code_tag (tag, code_id)
--@postgres SELECT DISTINCT t.tag, c.id FROM code c, unnest(string_to_array(c.tags, chr(10))) AS t (tag)
--@postgres  WHERE c.tags IS NOT NULL AND c.deleted_at IS NULL AND t.tag <> '';

--@sqlite DROP TRIGGER code_search_added;
--@sqlite DROP TRIGGER code_search_changed;
--@sqlite DROP TABLE code_search;
--@sqlite CREATE VIRTUAL TABLE code_search USING fts5 (search_key, content = 'code', content_rowid = 'id',
--@sqlite     tokenize = 'trigram', columnsize = 0);
--@sqlite CREATE TRIGGER code_search_added AFTER INSERT ON code WHEN new.deleted_at IS NULL BEGIN
--@sqlite     INSERT INTO code_search (rowid, search_key) VALUES (new.id, new.search_key);
--@sqlite END;
--@sqlite CREATE TRIGGER code_search_changed AFTER UPDATE OF search_key, deleted_at ON code
--@sqlite WHEN old.deleted_at IS NULL AND (new.search_key <> old.search_key OR new.deleted_at IS NOT NULL) BEGIN
--@sqlite     INSERT INTO code_search (code_search, rowid, search_key) VALUES ('delete', old.id, old.search_key);
--@sqlite     INSERT INTO code_search (rowid, search_key) SELECT new.id, new.search_key WHERE new.deleted_at IS NULL;
--@sqlite END;
--@sqlite INSERT INTO code_search (rowid, search_key) SELECT id, search_key FROM code WHERE deleted_at IS NULL ORDER BY id;

--@postgres DROP INDEX code_search;
--@postgres DO $trigrams$
--@postgres DECLARE place TEXT;
--@postgres BEGIN
--@postgres     SELECT n.nspname INTO place FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
--@postgres      WHERE e.extname = 'pg_trgm';
--@postgres     EXECUTE format('CREATE INDEX code_search ON code USING gin (search_key %I.gin_trgm_ops)
--@postgres         WHERE deleted_at IS NULL', place);
--@postgres END $trigrams$;
