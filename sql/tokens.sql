-- part: TokenColumns
SELECT t.id, t.hash, t.account_id, t.label, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at
  FROM token t

-- name: AddToken
INSERT INTO token (id, hash, account_id, label, scopes, created_at, expires_at, last_used_at, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: FindTokenByHash
--@include TokenColumns
 WHERE t.hash = $1

-- name: FindToken
--@include TokenColumns
 WHERE t.id = $1

-- name: RecordTokenUse
UPDATE token SET last_used_at = $2 WHERE id = $1

-- name: RevokeToken
UPDATE token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL

-- name: TokensOf
--@include TokenColumns
 WHERE t.account_id = $1
 ORDER BY t.created_at, t.id

-- name: ListTokens
--@include TokenColumns
 WHERE $1 = '' OR t.id < $1
 ORDER BY t.id DESC
 LIMIT $2
