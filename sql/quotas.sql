-- What somebody has outstanding (core/quotas.h): asked where codes are made or widened, and only of whom a quota is set.

-- name: CodeLoad
SELECT count(*), CAST(COALESCE(sum(c.max_uses - c.used_count), 0) AS BIGINT), count(*) - count(c.max_uses)
  FROM code c
 WHERE c.created_by_id = $1 AND c.deleted_at IS NULL AND c.deactivated_at IS NULL AND c.approval <> 2
   AND (c.expires_at IS NULL OR c.expires_at > $2) AND (c.max_uses IS NULL OR c.used_count < c.max_uses)
