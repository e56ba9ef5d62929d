-- Lists of codes. One filter for every order; pages are cut at (value, id), never after a number of rows.

-- The same judgement, in the same order, as StatusAt in core/code_status.cc (CODE-4).
-- part: Status
CASE WHEN c.approval = 1 THEN 'pending'
     WHEN c.approval = 2 OR c.deactivated_at IS NOT NULL THEN 'inactive'
     WHEN c.expires_at <= $1 THEN 'expired'
     WHEN c.used_count >= c.max_uses THEN 'exhausted'
     WHEN c.starts_at > $1 THEN 'scheduled'
     WHEN c.used_count * 5 >= c.max_uses * 4 OR (c.max_uses > 1 AND c.max_uses - c.used_count < 2) THEN 'warning'
     ELSE 'active'
END

-- $11: the codes whose short code holds the text searched for, found by the blind index.
-- part: Filter
  FROM code c
 WHERE c.deleted_at IS NULL
   AND (CAST($2 AS BIGINT) = 1 OR c.task_group = $3 OR c.created_by_id = $4)
   AND ($5 = '' OR c.role = $5)
   AND ($6 = '' OR c.task_group = $6)
   AND ($8 = '' OR c.created_by = $8)
   AND ($9 = '' OR c.tags LIKE $9 ESCAPE '\')
   AND ($7 = ''
        OR $7 =
--@include Status
        OR ($7 = 'usable' AND
--@include Status
            IN ('active', 'warning')))
   AND ($10 = ''
        OR c.search_key LIKE $10 ESCAPE '\'
--@sqlite        OR c.id IN (SELECT value FROM json_each($11)))
--@postgres        OR c.id = ANY ($11))

-- name: CountCodes
SELECT count(*)
--@include Filter

-- name: CodesByIdUp
--@include CodeColumns
     , c.id
--@include Filter
   AND c.id > $12 ORDER BY c.id LIMIT $13

-- name: CodesByIdDown
--@include CodeColumns
     , c.id
--@include Filter
   AND c.id < $12 ORDER BY c.id DESC LIMIT $13

-- name: CodesByExpiryUp
--@include CodeColumns
     , COALESCE(c.expires_at, 9223372036854775807)
--@include Filter
   AND (COALESCE(c.expires_at, 9223372036854775807), c.id) > ($12, $13)
 ORDER BY COALESCE(c.expires_at, 9223372036854775807), c.id LIMIT $14

-- name: CodesByExpiryDown
--@include CodeColumns
     , COALESCE(c.expires_at, 9223372036854775807)
--@include Filter
   AND (COALESCE(c.expires_at, 9223372036854775807), c.id) < ($12, $13)
 ORDER BY COALESCE(c.expires_at, 9223372036854775807) DESC, c.id DESC LIMIT $14

-- name: CodesByUsesUp
--@include CodeColumns
     , c.used_count
--@include Filter
   AND (c.used_count, c.id) > ($12, $13) ORDER BY c.used_count, c.id LIMIT $14

-- name: CodesByUsesDown
--@include CodeColumns
     , c.used_count
--@include Filter
   AND (c.used_count, c.id) < ($12, $13) ORDER BY c.used_count DESC, c.id DESC LIMIT $14

-- name: CodesByLastUseUp
--@include CodeColumns
     , COALESCE(c.last_used_at, 0)
--@include Filter
   AND (COALESCE(c.last_used_at, 0), c.id) > ($12, $13) ORDER BY COALESCE(c.last_used_at, 0), c.id LIMIT $14

-- name: CodesByLastUseDown
--@include CodeColumns
     , COALESCE(c.last_used_at, 0)
--@include Filter
   AND (COALESCE(c.last_used_at, 0), c.id) < ($12, $13) ORDER BY COALESCE(c.last_used_at, 0) DESC, c.id DESC LIMIT $14

-- name: CodesByLabelUp
--@include CodeColumns
     , lower(c.label)
--@include Filter
   AND (lower(c.label), c.id) > ($12, $13) ORDER BY lower(c.label), c.id LIMIT $14

-- name: CodesByLabelDown
--@include CodeColumns
     , lower(c.label)
--@include Filter
   AND (lower(c.label), c.id) < ($12, $13) ORDER BY lower(c.label) DESC, c.id DESC LIMIT $14
