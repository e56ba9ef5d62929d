-- Taking back what went out (migrations/0018_recall.sql).

-- part: RecallColumns
SELECT r.id, r.state, r.scope, r.subject, r.since, r.revokes_codes, r.deactivates_accounts, r.reason, r.created_by_id,
       r.created_by, r.created_at, r.undone_by, r.undone_at
  FROM recall r

-- name: AddRecall
INSERT INTO recall (id, state, scope, subject, since, revokes_codes, deactivates_accounts, reason, created_by_id,
                    created_by, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (id) DO NOTHING
RETURNING id

-- name: FindRecall
--@include RecallColumns
 WHERE r.id = $1

-- name: LockRecall @postgres
SELECT id FROM recall WHERE id = $1 FOR NO KEY UPDATE

-- name: SaveRecall
UPDATE recall SET state = $2, undone_by = $3, undone_at = $4 WHERE id = $1

-- name: ListRecalls
--@include RecallColumns
 WHERE (CAST($1 AS TEXT) IS NULL OR r.created_by_id = $1) AND ($2 = '' OR r.id < $2)
 ORDER BY r.id DESC
 LIMIT $3

-- name: AddRecallItem
INSERT INTO recall_item (recall_id, code_id, account_id, spared, version) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (recall_id, code_id, account_id) DO NOTHING

-- name: SettleRecallItem
UPDATE recall_item SET undone = $4 WHERE recall_id = $1 AND code_id = $2 AND account_id = $3

-- Beyond one, accounts first. With the names they have now.
-- name: ListRecallItems
SELECT i.code_id, i.account_id, i.spared, i.version, i.undone, COALESCE(c.label, p.username), p.name, p.joined_at
  FROM recall_item i
  LEFT JOIN code c ON c.id = i.code_id
  LEFT JOIN account p ON p.id = i.account_id
 WHERE i.recall_id = $1 AND (i.code_id > $2 OR (i.code_id = $2 AND i.account_id > $3))
 ORDER BY i.code_id, i.account_id
 LIMIT $4

-- name: CountRecallItems
SELECT count(CASE WHEN code_id > 0 AND spared IS NULL THEN 1 END),
       count(CASE WHEN code_id > 0 AND spared IS NOT NULL THEN 1 END),
       count(CASE WHEN code_id = 0 AND spared IS NULL THEN 1 END),
       count(CASE WHEN code_id = 0 AND spared IS NOT NULL THEN 1 END),
       count(CASE WHEN undone = 'back' THEN 1 END),
       count(CASE WHEN undone <> 'back' THEN 1 END)
  FROM recall_item
 WHERE recall_id = $1

-- Deleted ones too: people came through them.
-- name: ListCodesOfBatch
SELECT c.id FROM code c WHERE c.batch = $1 AND c.id > $2 ORDER BY c.id LIMIT $3

-- name: ListCodesIssuedBy
SELECT c.id FROM code c WHERE c.created_by_id = $1 AND c.id > $2 ORDER BY c.id LIMIT $3

-- name: ListAccountsOfCode
SELECT p.id FROM account p
 WHERE p.joined_with = $1 AND p.joined_at >= $2 AND p.id > $3
 ORDER BY p.id
 LIMIT $4

-- name: ListAccountsOfBatch
SELECT p.id FROM code c JOIN account p ON p.joined_with = c.id
 WHERE c.batch = $1 AND p.joined_at >= $2 AND p.id > $3
 ORDER BY p.id
 LIMIT $4

-- name: ListAccountsBroughtBy
SELECT p.id FROM account p
 WHERE p.brought_by_id = $1 AND p.joined_at >= $2 AND p.id > $3
 ORDER BY p.id
 LIMIT $4

-- Everybody below one person, all the way down.
-- name: ListBranch
WITH RECURSIVE branch (id) AS (
    SELECT p.id FROM account p WHERE p.brought_by_id = $1
    UNION
    SELECT p.id FROM branch b JOIN account p ON p.brought_by_id = b.id
)
SELECT id FROM branch LIMIT $2

-- name: CountBrought
SELECT count(*) FROM account k WHERE k.brought_by_id = $1 AND ($2 = '' OR k.task_group = $2)

-- name: CountLiveCodesOf
SELECT count(*)
  FROM (SELECT c.id FROM code c
         WHERE c.created_by_id = $1 AND c.deleted_at IS NULL AND c.deactivated_at IS NULL AND c.approval <> 2
           AND (c.expires_at IS NULL OR c.expires_at > $2) AND (c.max_uses IS NULL OR c.used_count < c.max_uses)
         LIMIT $3) AS live
