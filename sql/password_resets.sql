-- part: ResetColumns
SELECT s.account_id, s.token_hash, s.created_at, s.expires_at, s.created_by
  FROM password_reset s

-- name: PutReset
INSERT INTO password_reset (account_id, token_hash, created_at, expires_at, created_by)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (account_id) DO UPDATE
   SET token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at,
       created_by = excluded.created_by

-- name: FindResetByHash
--@include ResetColumns
 WHERE s.token_hash = $1

-- name: FindResetOf
--@include ResetColumns
 WHERE s.account_id = $1

-- name: EndReset
DELETE FROM password_reset WHERE account_id = $1

-- name: DeleteExpiredResets
DELETE FROM password_reset WHERE expires_at <= $1
