-- part: RedemptionColumns
SELECT r.id, r.code_id, r.redeemed_at, r.account_id, r.account_name, r.application, r.subject, r.email, r.role,
       r.task_group, r.aircraft_roles, r.idempotency_key_hash
  FROM redemption r

-- name: AddRedemption
INSERT INTO redemption (code_id, redeemed_at, account_id, account_name, application, subject, email, role, task_group,
                        aircraft_roles, idempotency_key_hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT DO NOTHING
RETURNING id

-- Gives back those that were new, in the order they came.
-- name: AddRedemptions @postgres
INSERT INTO redemption (code_id, redeemed_at, account_id, account_name, application, subject, email, role, task_group,
                        aircraft_roles, idempotency_key_hash)
SELECT n.code_id, n.redeemed_at, NULLIF(n.account_id, ''), NULLIF(n.account_name, ''), n.application, n.subject,
       NULLIF(n.email, ''), n.role, n.task_group, NULLIF(n.aircraft_roles, ''), NULLIF(n.key_hash, '')
  FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BIGINT[]), CAST($3 AS TEXT[]), CAST($4 AS TEXT[]), CAST($5 AS TEXT[]),
              CAST($6 AS TEXT[]), CAST($7 AS TEXT[]), CAST($8 AS TEXT[]), CAST($9 AS TEXT[]), CAST($10 AS TEXT[]),
              CAST($11 AS TEXT[])) WITH ORDINALITY
       AS n (code_id, redeemed_at, account_id, account_name, application, subject, email, role, task_group,
             aircraft_roles, key_hash, place)
 ORDER BY n.place
ON CONFLICT DO NOTHING
RETURNING id, code_id, application, subject

-- name: FindRedemption
--@include RedemptionColumns
 WHERE r.code_id = $1 AND r.application = $2 AND r.subject = $3

-- name: FindRedemptions @postgres
--@include RedemptionColumns
  JOIN unnest(CAST($1 AS BIGINT[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[])) AS asked (code_id, application, subject)
    ON r.code_id = asked.code_id AND r.application = asked.application AND r.subject = asked.subject

-- name: FindRedemptionByKey
--@include RedemptionColumns
 WHERE r.idempotency_key_hash = $1

-- name: RedemptionsOfCode
--@include RedemptionColumns
 WHERE r.code_id = $1 AND r.id > $2
 ORDER BY r.id
 LIMIT $3

-- name: CountUses
SELECT used_count FROM code WHERE id = $1

-- For a code with very many: read along the table, where its rows stand close, rather than sort them all.
-- name: RedemptionsOfBusyCode
--@include RedemptionColumns
 WHERE r.code_id + 0 = $1 AND r.id > $2
 ORDER BY r.id
 LIMIT $3

-- Several nodes do not commit in the order of the ids they were given: what is young may have an older neighbour
-- that is not to be seen yet.
-- name: RedemptionsSince
--@include RedemptionColumns
 WHERE r.application = $1 AND r.id > $2
--@sqlite   AND r.redeemed_at <= $4
--@postgres   AND r.redeemed_at <= CAST($4 AS BIGINT) - 2000
 ORDER BY r.id
 LIMIT $3

-- Read along the table, page after page, as what is filtered for may lie anywhere in it.
-- name: ListRedemptions
--@include RedemptionColumns
  JOIN code c ON c.id = r.code_id
 WHERE r.id > $1 AND r.redeemed_at + 0 >= $2 AND r.redeemed_at + 0 < $3 AND (CAST($4 AS BIGINT) = 0 OR r.code_id = $4)
   AND (CAST($5 AS BIGINT) = 1 OR (c.task_group = $6 AND $6 <> '') OR (c.created_by_id = $7 AND $7 <> ''))
   AND ($8 = '' OR r.role = $8) AND ($9 = '' OR r.task_group = $9)
 ORDER BY r.id
 LIMIT $10

-- name: RedemptionsOfAccount
--@include RedemptionColumns
 WHERE r.account_id = $1
 ORDER BY r.id
 LIMIT $2
