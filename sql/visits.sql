-- Visits of invitations, and what became of them (migrations/0014_visits.sql).

-- name: AddVisits
INSERT INTO visit (code_id, previewed, opened, started) VALUES ($1, $2, $3, $4)
ON CONFLICT (code_id) DO UPDATE
   SET previewed = visit.previewed + excluded.previewed, opened = visit.opened + excluded.opened,
       started = visit.started + excluded.started

-- part: OfTheseCodes
--@sqlite    IN (SELECT value FROM json_each($1))
--@postgres    = ANY ($1)

-- name: SumVisits
SELECT CAST(COALESCE(sum(previewed), 0) AS BIGINT), CAST(COALESCE(sum(opened), 0) AS BIGINT),
       CAST(COALESCE(sum(started), 0) AS BIGINT)
  FROM visit
 WHERE code_id
--@include OfTheseCodes

-- name: SumUsesAndMailed
SELECT CAST(COALESCE(sum(c.used_count), 0) AS BIGINT),
       count(CASE WHEN EXISTS (SELECT 1 FROM mail m WHERE m.code_id = c.id AND m.kind = 'invitation' AND m.state = 2)
                  THEN 1 END)
  FROM code c
 WHERE c.id
--@include OfTheseCodes

-- Of those who joined until $2 and have their account still: how many, and how many of them were there $3 later.
-- name: CountStayed
SELECT count(*), count(CASE WHEN a.seen_at >= j.redeemed_at + $3 THEN 1 END)
  FROM (SELECT account_id, redeemed_at FROM redemption
         WHERE account_id IS NOT NULL AND redeemed_at <= $2 AND code_id
--@include OfTheseCodes
         LIMIT $4) AS j
  JOIN account a ON a.id = j.account_id
