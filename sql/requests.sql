-- People who ask for an invitation (migrations/0019_requests.sql).

-- part: RequestColumns
SELECT r.id, r.email, r.name, r.words, r.task_group, r.language, r.state, r.times_asked, r.asked_at, r.last_asked_at,
       r.decided_at, r.decided_by_id, r.decided_by, r.reason, r.code_id
  FROM invitation_request r

-- name: AddRequest
INSERT INTO invitation_request (email, email_key, name, words, task_group, language, state, times_asked, asked_at,
                                last_asked_at)
VALUES ($1, $2, $3, $4, $5, $6, 0, 1, $7, $7)
ON CONFLICT (email_key) WHERE state = 0 DO NOTHING
RETURNING id

-- name: RequestAgain
UPDATE invitation_request SET times_asked = times_asked + 1, last_asked_at = $2 WHERE email_key = $1 AND state = 0

-- name: FindRequest
--@include RequestColumns
 WHERE r.id = $1

-- name: FindRequestForUpdate
--@include RequestColumns
 WHERE r.id = $1
--@postgres   FOR NO KEY UPDATE

-- name: ListOpenRequests
--@include RequestColumns
 WHERE r.state = 0 AND r.id > $1 AND (CAST($2 AS BIGINT) = 1 OR r.task_group = $3)
 ORDER BY r.id
 LIMIT $4

-- name: ListDecidedRequests
--@include RequestColumns
 WHERE r.state = $1 AND r.id < $2 AND (CAST($3 AS BIGINT) = 1 OR r.task_group = $4)
 ORDER BY r.id DESC
 LIMIT $5

-- name: CountOpenRequests
SELECT count(*) FROM (SELECT 1 FROM invitation_request r
                       WHERE r.state = 0 AND (CAST($1 AS BIGINT) = 1 OR r.task_group = $2) LIMIT $3) AS few

-- name: DecideRequest
UPDATE invitation_request
   SET state = $2, decided_at = $3, decided_by_id = $4, decided_by = $5, reason = $6, code_id = $7
 WHERE id = $1 AND state = 0

-- name: DeleteDecidedRequests
DELETE FROM invitation_request
 WHERE id IN (SELECT id FROM invitation_request WHERE state <> 0 AND decided_at < $1 ORDER BY decided_at LIMIT $2)

-- Those of the account's address, and those whose code the person came in with, who may be deleted already.
-- name: EraseRequests
DELETE FROM invitation_request
 WHERE email_key IN (SELECT p.email_key FROM account p WHERE p.id = $1)
    OR code_id IN (SELECT x.code_id FROM redemption x
                    WHERE x.application = '' AND x.subject = $1
                      AND x.code_id IN (SELECT e.code_id FROM event e WHERE e.actor_id = $1 AND e.code_id IS NOT NULL))
