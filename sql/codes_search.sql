-- What a search or a tag finds, from the newest on or from the oldest.

-- Along the table, a bounded way: for texts too short for the index, and for those that nearly every code holds.
-- part: Walked
 WHERE w.search_key LIKE $1 ESCAPE '\' AND COALESCE(w.tags, '') LIKE $2 ESCAPE '\'

-- name: WalkCodesDown
SELECT w.id FROM (SELECT c.id, c.search_key, c.tags FROM code c WHERE c.deleted_at IS NULL AND c.id < $3
                   ORDER BY c.id DESC LIMIT $4) AS w
--@include Walked
 ORDER BY w.id DESC

-- name: WalkCodesUp @postgres
SELECT w.id FROM (SELECT c.id, c.search_key, c.tags FROM code c WHERE c.deleted_at IS NULL AND c.id > $3
                   ORDER BY c.id LIMIT $4) AS w
--@include Walked
 ORDER BY w.id

-- part: Found
--@postgres WITH found AS MATERIALIZED (
--@postgres     SELECT c.id FROM code c
--@postgres      WHERE c.deleted_at IS NULL AND c.search_key LIKE $1 ESCAPE '\' AND COALESCE(c.tags, '') LIKE $2 ESCAPE '\')
--@postgres SELECT w.id FROM found w

-- name: SearchCodesDown
--@sqlite SELECT s.rowid FROM code_search s WHERE s.code_search MATCH $1 AND s.rowid < $2 ORDER BY s.rowid DESC LIMIT $3
--@include Found
--@postgres  WHERE w.id < $3 ORDER BY w.id DESC LIMIT $4

-- name: SearchCodesUp
--@sqlite SELECT s.rowid FROM code_search s WHERE s.code_search MATCH $1 AND s.rowid > $2 ORDER BY s.rowid LIMIT $3
--@include Found
--@postgres  WHERE w.id > $3 ORDER BY w.id LIMIT $4

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
