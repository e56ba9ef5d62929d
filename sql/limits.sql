-- Every number has its type said: PostgreSQL cannot tell what $4 + $2 is of.
-- name: DrainBucket
INSERT INTO shared_bucket (bucket, full_at, drained_at)
VALUES ($1, CASE WHEN CAST($4 AS BIGINT) + CAST($2 AS BIGINT) < $3 THEN CAST($4 AS BIGINT) + CAST($2 AS BIGINT) ELSE $3 END, $4)
ON CONFLICT (bucket) DO UPDATE
   SET full_at = CASE WHEN shared_bucket.full_at <= excluded.drained_at THEN excluded.full_at
                      WHEN shared_bucket.full_at + CAST($2 AS BIGINT) < $3 THEN shared_bucket.full_at + CAST($2 AS BIGINT)
                      ELSE $3 END,
       drained_at = excluded.drained_at
RETURNING full_at

-- name: DrainedBuckets
SELECT bucket, full_at FROM shared_bucket
 WHERE drained_at >= $1 AND full_at > $3
 ORDER BY drained_at DESC
 LIMIT $2

-- name: DeleteFullBuckets
DELETE FROM shared_bucket WHERE full_at <= $1
