-- Many codes changed at once (migrations/0022_bulk_jobs.sql).

-- part: BulkJobColumns
SELECT j.id, j.state, j.action, j.edit, j.chosen, j.reached, j.looked_at, j.changed, j.people, j.brought_back, j.kept,
       j.trouble, j.created_by_id, j.created_by, j.ended_by_id, j.ended_by, j.door, j.address, j.request_id,
       j.created_at, j.updated_at
  FROM bulk_job j

-- name: AddBulkJob
INSERT INTO bulk_job (id, state, action, edit, chosen, reached, looked_at, changed, people, brought_back, kept,
                      created_by_id, created_by, door, address, request_id, created_at, updated_at, lease, lease_until)
VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0, $6, $7, $8, $9, $10, $11, $11, $12, $13)

-- What its making does not settle.
-- name: SaveBulkJob
UPDATE bulk_job
   SET state = $2, reached = $3, looked_at = $4, changed = $5, people = $6, brought_back = $7, kept = $8, trouble = $9,
       ended_by_id = $10, ended_by = $11, door = $12, address = $13, request_id = $14, updated_at = $15
 WHERE id = $1

-- name: FindBulkJob
--@include BulkJobColumns
 WHERE j.id = $1

-- name: LockBulkJob @postgres
SELECT id FROM bulk_job WHERE id = $1 FOR NO KEY UPDATE

-- name: ListBulkJobs
--@include BulkJobColumns
 WHERE (CAST($1 AS TEXT) IS NULL OR j.created_by_id = $1) AND ($2 = '' OR j.id < $2)
 ORDER BY j.id DESC
 LIMIT $3

-- name: ListDueBulkJobs
SELECT j.id FROM bulk_job j WHERE j.state IN ('running', 'undoing') AND j.lease_until <= $1 ORDER BY j.id LIMIT 10

-- name: ClaimBulkJob
UPDATE bulk_job SET lease = $2, lease_until = $4
 WHERE id = $1 AND state IN ('running', 'undoing') AND (lease_until <= $3 OR lease = $2)
RETURNING id

-- name: ReleaseBulkJob
UPDATE bulk_job SET lease_until = 0 WHERE id = $1 AND lease = $2

-- name: ListOldBulkJobs
SELECT id FROM bulk_job WHERE state IN ('done', 'cancelled', 'undone') AND updated_at < $1 ORDER BY id LIMIT $2

-- name: DeleteBulkJob
DELETE FROM bulk_job WHERE id = $1

-- name: DeleteBulkJobCodes
DELETE FROM bulk_job_code WHERE job_id = $1

-- name: AddBulkJobCodes
INSERT INTO bulk_job_code (job_id, code_id, version)
--@sqlite    SELECT $1, value, 0 FROM json_each($2) WHERE true
--@postgres  SELECT $1, n.id, 0 FROM unnest(CAST($2 AS BIGINT[])) AS n (id)
ON CONFLICT (job_id, code_id) DO NOTHING

-- name: SettleBulkJobCode
UPDATE bulk_job_code SET version = $3, before = $4, reason = $5, sentence = $6 WHERE job_id = $1 AND code_id = $2

-- name: ListBulkJobCodes
SELECT b.code_id, b.version, b.before, b.reason, b.sentence
  FROM bulk_job_code b
 WHERE b.job_id = $1 AND b.code_id > $2
 ORDER BY b.code_id
 LIMIT $3

-- With the names they have now.
-- name: ListLeftBulkJobCodes
SELECT b.code_id, b.version, b.before, b.reason, b.sentence, c.label
  FROM bulk_job_code b
  LEFT JOIN code c ON c.id = b.code_id
 WHERE b.job_id = $1 AND b.code_id > $2 AND b.reason IS NOT NULL
 ORDER BY b.code_id
 LIMIT $3
