-- name: AddSession
INSERT INTO session (id_hash, account_id, created_at, seen_at, expires_at, ended_at, address, user_agent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: FindSession
SELECT id_hash, account_id, created_at, seen_at, expires_at, ended_at, address, user_agent
  FROM session
 WHERE id_hash = $1

-- name: TouchSession
UPDATE session SET seen_at = $2 WHERE id_hash = $1 AND seen_at < $2

-- name: EndSession
UPDATE session SET ended_at = $2 WHERE id_hash = $1 AND ended_at IS NULL

-- name: EndSessionsOf
UPDATE session SET ended_at = $3 WHERE account_id = $1 AND id_hash <> $2 AND ended_at IS NULL

-- name: SessionsOf
SELECT id_hash, account_id, created_at, seen_at, expires_at, ended_at, address, user_agent
  FROM session
 WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2
 ORDER BY seen_at DESC, id_hash

-- name: DeleteEndedSessions
DELETE FROM session WHERE ended_at < $1 OR expires_at < $1
