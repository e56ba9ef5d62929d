-- part: MailColumns
SELECT m.id, m.kind, m.recipient, m.language, m.sealed, m.code_id, m.account_id, m.created_by_id, m.created_by, m.state,
       m.attempts, m.created_at, m.due_at, m.attempted_at, m.done_at, m.reason
  FROM mail m

-- name: AddMail
INSERT INTO mail (kind, recipient, language, sealed, code_id, account_id, created_by_id, created_by, state, attempts,
                  created_at, due_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $10)
RETURNING id

-- name: ListMailsOfCode
--@include MailColumns
 WHERE m.code_id = $1
 ORDER BY m.id DESC
 LIMIT $2

-- name: ListLatestMails
--@include MailColumns
 WHERE m.id IN (SELECT max(x.id) FROM mail x WHERE x.kind IN ('invitation', 'reminder') AND x.code_id
--@sqlite         IN (SELECT value FROM json_each($1))
--@postgres       = ANY (CAST($1 AS BIGINT[]))
                 GROUP BY x.code_id)

-- name: CountMailsBy
SELECT count(*) FROM mail WHERE created_by_id = $1 AND created_at > $2

-- name: CountMailsTo
SELECT count(*) FROM mail WHERE account_id = $1 AND kind = $2 AND created_at > $3

-- ── Sending ────────────────────────────────────────────────────────────────────────────────────────────────────

-- What a sender that has nothing to do asks again and again.
-- name: AnyMailDue
SELECT 1 FROM mail WHERE state IN (0, 1) AND due_at <= $1 LIMIT 1

-- name: CountDueMails
SELECT count(*) FROM (SELECT 1 FROM mail WHERE state IN (0, 1) AND due_at <= $1 LIMIT $2) AS few

-- Handed over by somebody who never said what came of it.
-- name: ListLostMails
--@include MailColumns
 WHERE m.state = 1 AND m.due_at <= $1
 ORDER BY m.due_at, m.id
 LIMIT $2
--@postgres   FOR UPDATE OF m SKIP LOCKED

-- name: ClaimMail
UPDATE mail
   SET lease = $1, due_at = $2, attempts = attempts + 1, attempted_at = $3
 WHERE id = (SELECT id FROM mail WHERE state = 0 AND due_at <= $3 ORDER BY due_at, id LIMIT 1
--@postgres              FOR UPDATE SKIP LOCKED
            ) AND state = 0
RETURNING id

-- name: FindMail
--@include MailColumns
 WHERE m.id = $1

-- name: FindLeasedMail
--@include MailColumns
 WHERE m.id = $1 AND m.lease = $2 AND m.state IN (0, 1)
--@postgres   FOR UPDATE OF m

-- name: RecordMail
UPDATE mail
   SET recipient = $2, sealed = $3, account_id = $4, state = $5, attempts = $6, due_at = $7, done_at = $8, reason = $9,
       lease = $10
 WHERE id = $1

-- name: DeleteMail
DELETE FROM mail WHERE id = $1

-- name: DeleteOldMails
DELETE FROM mail
 WHERE id IN (SELECT id FROM mail WHERE created_at < $1 AND state NOT IN (0, 1) ORDER BY created_at LIMIT $2)
