-- Where codes stand in lists, and how many of each kind there are (migrations/0002_lists.sql).

-- Held first and read by a second statement, as in codes.sql: what another node has just settled is seen.
-- name: LockShelvedCodes @postgres
SELECT code_id FROM shelved_code WHERE code_id = ANY ($1) AND whose = 0 ORDER BY code_id FOR UPDATE

-- name: FindShelvings
SELECT c.id, c.role, c.task_group, c.max_uses, c.used_count, c.starts_at, c.expires_at, c.deactivated_at, c.approval,
       c.label, c.created_by_id, c.created_by, c.last_used_at, c.deleted_at, e.shelf, o.shelf, e.expires_at, e.label,
       e.due_at, e.uses
  FROM code c
  LEFT JOIN shelved_code e ON e.code_id = c.id AND e.whose = 0
  LEFT JOIN shelved_code o ON o.code_id = c.id AND o.whose = 1
--@sqlite    WHERE c.id IN (SELECT value FROM json_each($1))
--@postgres  WHERE c.id = ANY ($1)

-- name: FindShelf
SELECT id FROM shelf
 WHERE whose = $1 AND creator = $2 AND creator_id = $3 AND role = $4 AND task_group = $5 AND status = $6

-- name: AddShelf
INSERT INTO shelf (whose, creator, creator_id, role, task_group, status) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING

-- name: ShelveCode
INSERT INTO shelved_code (code_id, whose, shelf, expires_at, uses, last_used_at, label, due_at)
--@sqlite    VALUES ($1, $2, $3, $4, $5, $6, $7, NULLIF($8, 0))
--@postgres  SELECT p.code_id, p.whose, p.shelf, p.expires_at, p.uses, p.last_used_at, p.label, NULLIF(p.due_at, 0)
--@postgres    FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BIGINT[]), CAST($3 AS BIGINT[]), CAST($4 AS BIGINT[]),
--@postgres                CAST($5 AS BIGINT[]), CAST($6 AS BIGINT[]), CAST($7 AS TEXT[]), CAST($8 AS BIGINT[]))
--@postgres         AS p (code_id, whose, shelf, expires_at, uses, last_used_at, label, due_at)
ON CONFLICT (code_id, whose) DO UPDATE
   SET shelf = excluded.shelf, expires_at = excluded.expires_at, uses = excluded.uses,
       last_used_at = excluded.last_used_at, label = excluded.label, due_at = excluded.due_at

-- For a code that stays where it is; most have only been used.
-- name: CountShelvedUses
UPDATE shelved_code
--@sqlite    SET uses = $2, last_used_at = $3 WHERE code_id = $1
--@postgres  SET uses = p.uses, last_used_at = p.last_used_at
--@postgres FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BIGINT[]), CAST($3 AS BIGINT[])) AS p (code_id, uses, last_used_at)
--@postgres WHERE shelved_code.code_id = p.code_id

-- name: UnshelveCodes
DELETE FROM shelved_code
--@sqlite    WHERE code_id IN (SELECT value FROM json_each($1))
--@postgres  WHERE code_id = ANY ($1)

-- name: AddShelfChange
INSERT INTO shelf_change (shelf, codes, used) VALUES ($1, $2, $3)

-- name: TakeShelfChanges
DELETE FROM shelf_change WHERE id IN (SELECT id FROM shelf_change ORDER BY id LIMIT $1) RETURNING shelf, codes, used

-- name: ChangeShelf
UPDATE shelf SET codes = codes + $2, used = used + $3 WHERE id = $1

-- part: ShelfColumns
SELECT s.id, s.status, s.role, s.task_group, s.creator_id,
       CAST(s.codes + COALESCE((SELECT sum(x.codes) FROM shelf_change x WHERE x.shelf = s.id), 0) AS BIGINT), s.whose,
       CAST(s.used + COALESCE((SELECT sum(x.used) FROM shelf_change x WHERE x.shelf = s.id), 0) AS BIGINT)
  FROM shelf s

-- name: EverybodysShelves
--@include ShelfColumns
 WHERE s.whose = 0 AND ($1 = '' OR s.role = $1) AND ($2 = '' OR s.task_group = $2)

-- name: ShelvesOfCreator
--@include ShelfColumns
 WHERE s.whose = 1 AND s.creator = $3 AND ($1 = '' OR s.role = $1) AND ($2 = '' OR s.task_group = $2)

-- name: ShelvesOfCreatorId
--@include ShelfColumns
 WHERE s.whose = 1 AND s.creator_id = $3 AND s.creator_id <> '' AND ($1 = '' OR s.role = $1)
   AND ($2 = '' OR s.task_group = $2)

-- Two nodes that settle at once would only wait for one another.
-- name: LockSettling @postgres
SELECT CASE WHEN pg_try_advisory_xact_lock(7310580) THEN 1 ELSE 0 END

-- Of redemptions PostgreSQL leaves them with MarkCommit.
-- name: AddUnsettled
INSERT INTO unsettled_code (code_id)
--@sqlite    SELECT value FROM json_each($1)
--@postgres  SELECT n.id FROM unnest(CAST($1 AS BIGINT[])) AS n (id)

-- name: FindUnsettled
SELECT id, code_id FROM unsettled_code ORDER BY id LIMIT $1

-- name: RemoveUnsettled
DELETE FROM unsettled_code
--@sqlite    WHERE id IN (SELECT value FROM json_each($1))
--@postgres  WHERE id = ANY ($1)

-- name: FindDueCodes
SELECT code_id FROM shelved_code WHERE due_at <= $1 ORDER BY due_at LIMIT $2

-- min, not EXISTS: asked whether one is due, PostgreSQL would look through the table for it.
-- name: IsAnyUnsettled
SELECT CASE WHEN EXISTS (SELECT 1 FROM unsettled_code)
              OR (SELECT min(due_at) FROM shelved_code WHERE due_at IS NOT NULL) <= $1
              OR (SELECT count(*) FROM (SELECT 1 FROM shelf_change LIMIT 200) AS few) = 200 THEN 1 ELSE 0 END
