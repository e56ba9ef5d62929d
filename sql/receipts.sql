-- $5: what was made before is forgotten.
-- name: ClaimReceipt
INSERT INTO receipt (key_hash, request_hash, made_at, claimed_until, answer)
VALUES ($1, $2, $3, $4, NULL)
ON CONFLICT (key_hash) DO UPDATE
   SET request_hash = excluded.request_hash, made_at = excluded.made_at, claimed_until = excluded.claimed_until,
       answer = NULL
 WHERE receipt.made_at < $5
    OR (receipt.answer IS NULL AND receipt.claimed_until <= $3 AND receipt.request_hash = excluded.request_hash)
RETURNING key_hash

-- name: FindReceipt
SELECT r.key_hash, r.request_hash, r.made_at, r.claimed_until, r.answer
  FROM receipt r
 WHERE r.key_hash = $1

-- name: SettleReceipt
UPDATE receipt SET answer = $2 WHERE key_hash = $1 AND answer IS NULL

-- name: ReleaseReceipt
DELETE FROM receipt WHERE key_hash = $1 AND answer IS NULL

-- name: DeleteOldReceipts
DELETE FROM receipt
 WHERE key_hash IN (SELECT o.key_hash FROM receipt o WHERE o.made_at < $1 ORDER BY o.made_at LIMIT $2)
