-- What a search or a tag finds, from the newest on or from the oldest.

-- Along the table, a bounded way: for texts too short for the index, and for those that nearly every code holds.
-- name: WalkCodesDown
SELECT w.id FROM (SELECT c.id, c.search_key FROM code c WHERE c.deleted_at IS NULL AND c.id < $2
                   ORDER BY c.id DESC LIMIT $3) AS w
 WHERE w.search_key LIKE $1 ESCAPE '\' ORDER BY w.id DESC

-- name: WalkCodesUp @postgres
SELECT w.id FROM (SELECT c.id, c.search_key FROM code c WHERE c.deleted_at IS NULL AND c.id > $2
                   ORDER BY c.id LIMIT $3) AS w
 WHERE w.search_key LIKE $1 ESCAPE '\' ORDER BY w.id

-- part: Found
--@postgres WITH found AS MATERIALIZED (
--@postgres     SELECT c.id FROM code c WHERE c.deleted_at IS NULL AND c.search_key LIKE $1 ESCAPE '\')
--@postgres SELECT w.id FROM found w

-- name: SearchCodesDown
--@sqlite SELECT s.rowid FROM code_search s WHERE s.code_search MATCH $1 AND s.rowid < $2 ORDER BY s.rowid DESC LIMIT $3
--@include Found
--@postgres  WHERE w.id < $2 ORDER BY w.id DESC LIMIT $3

-- name: SearchCodesUp
--@sqlite SELECT s.rowid FROM code_search s WHERE s.code_search MATCH $1 AND s.rowid > $2 ORDER BY s.rowid LIMIT $3
--@include Found
--@postgres  WHERE w.id > $2 ORDER BY w.id LIMIT $3

-- The fragment that fewest codes have, so that the others need only be checked for those.
-- name: FindRarestFragment
--@sqlite SELECT h.value, (SELECT count(*) FROM (SELECT 1 FROM code_fragment f WHERE f.hash = h.value LIMIT $2)) AS codes
--@sqlite   FROM json_each($1) AS h
--@postgres SELECT h.value, (SELECT count(*) FROM (SELECT 1 FROM code_fragment f WHERE f.hash = h.value LIMIT $2) AS few) AS codes
--@postgres   FROM unnest(CAST($1 AS BIGINT[])) AS h (value)
 ORDER BY codes LIMIT 1

-- name: FindCodesByFragments
--@include CodeColumns
  FROM code c
 WHERE c.deleted_at IS NULL
   AND c.id IN (SELECT r.code_id FROM (SELECT code_id FROM code_fragment WHERE hash = $1 ORDER BY code_id DESC LIMIT $4) AS r
                 CROSS JOIN code_fragment f
--@sqlite              WHERE f.code_id = r.code_id AND f.hash IN (SELECT value FROM json_each($2))
--@postgres            WHERE f.code_id = r.code_id AND f.hash = ANY ($2)
                 GROUP BY r.code_id HAVING count(*) = $3)
 ORDER BY c.id DESC

-- name: AddCodeTags
INSERT INTO code_tag (tag, code_id)
--@sqlite    SELECT value, $1 FROM json_each($2) WHERE true
--@postgres  SELECT t.tag, CAST($1 AS BIGINT) FROM unnest(CAST($2 AS TEXT[])) AS t (tag)
ON CONFLICT DO NOTHING

-- name: AddTagsToAll
INSERT INTO code_tag (tag, code_id)
--@sqlite    SELECT t.value, c.value FROM json_each($1) AS t CROSS JOIN json_each($2) AS c WHERE true
--@postgres  SELECT t.tag, c.id FROM unnest(CAST($1 AS TEXT[])) AS t (tag) CROSS JOIN unnest(CAST($2 AS BIGINT[])) AS c (id)
ON CONFLICT DO NOTHING

-- name: RemoveCodeTags
DELETE FROM code_tag WHERE code_id = $1

-- name: TaggedCodesDown
SELECT code_id FROM code_tag WHERE tag = $1 AND code_id < $2 ORDER BY code_id DESC LIMIT $3

-- name: TaggedCodesUp
SELECT code_id FROM code_tag WHERE tag = $1 AND code_id > $2 ORDER BY code_id LIMIT $3

-- Those of a search's finds that carry the tag as well.
-- name: TaggedAmong
SELECT code_id FROM code_tag
--@sqlite    WHERE tag = $1 AND code_id IN (SELECT value FROM json_each($2))
--@postgres  WHERE tag = $1 AND code_id = ANY ($2)
