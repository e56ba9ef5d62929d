-- part: AccountColumns
SELECT p.id, p.username, p.username_key, p.name, p.email, p.email_key, p.password_hash, p.role, p.task_group,
       p.is_staff, p.is_superuser, p.deactivated_at, p.ends_at, p.joined_at, p.last_login_at, p.time_zone,
       p.joined_with, p.version, p.brought_by_id, p.quota_codes, p.quota_uses

-- name: AddAccount
INSERT INTO account (id, username, username_key, name, email, email_key, password_hash, role, task_group, is_staff,
                     is_superuser, deactivated_at, ends_at, joined_at, last_login_at, time_zone, joined_with, search_key,
                     brought_by_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT DO NOTHING
RETURNING id

-- Which of the two keys somebody else holds.
-- name: KeysTaken
SELECT (SELECT count(*) FROM account WHERE username_key = $2 AND id <> $1),
       (SELECT count(*) FROM account WHERE email_key = $3 AND id <> $1)

-- name: FindAccount
--@include AccountColumns
  FROM account p
 WHERE p.id = $1

-- name: FindAccountForUpdate
--@include AccountColumns
  FROM account p
 WHERE p.id = $1
--@postgres FOR NO KEY UPDATE

-- name: FindAccountByUsername
--@include AccountColumns
  FROM account p
 WHERE p.username_key = $1

-- name: FindAccountByEmail
--@include AccountColumns
  FROM account p
 WHERE p.email_key = $1

-- name: SaveAccount
UPDATE account
   SET username = $2, username_key = $3, name = $4, email = $5, email_key = $6, password_hash = $7, role = $8,
       task_group = $9, is_staff = $10, is_superuser = $11, deactivated_at = $12, ends_at = $13, time_zone = $14,
       search_key = $15, quota_codes = $16, quota_uses = $17, version = version + 1
 WHERE id = $1
   AND NOT EXISTS (SELECT 1 FROM account o WHERE o.id <> $1 AND (o.username_key = $3 OR o.email_key = $6))
RETURNING id

-- name: RecordLogin
UPDATE account SET last_login_at = $2, seen_at = $2 WHERE id = $1

-- name: RecordSeen
UPDATE account SET seen_at = $2 WHERE id = $1 AND (seen_at IS NULL OR seen_at + 3600000 < $2)

-- name: HoldActiveSuperusers
SELECT id FROM account WHERE is_superuser = 1 AND deactivated_at IS NULL AND ends_at IS NULL ORDER BY id
--@postgres FOR NO KEY UPDATE

-- name: AnySuperuser
SELECT 1 FROM account WHERE is_superuser = 1 AND deactivated_at IS NULL AND ends_at IS NULL LIMIT 1

-- part: AccessOfAccount
--@sqlite     , (SELECT group_concat(held.aircraft_id || char(9) || a.registration || char(9) || held.role, char(10))
--@postgres     , (SELECT string_agg(held.aircraft_id || chr(9) || a.registration || chr(9) || held.role, chr(10))
            FROM account_aircraft held JOIN aircraft a ON a.id = held.aircraft_id WHERE held.account_id = p.id)
  FROM account p

-- part: AccountFilter
   AND ($2 = '' OR p.task_group = $2)
   AND ($3 = '' OR p.search_key LIKE $3 ESCAPE '\')
   AND ($5 = '' OR p.role = $5)
   AND ($6 = '' OR ($6 = 'staff' AND p.is_staff = 1) OR ($6 = 'superuser' AND p.is_superuser = 1)
        OR ($6 = 'none' AND p.is_staff = 0 AND p.is_superuser = 0))
   AND ($7 = '' OR ($7 = 'active') = (p.deactivated_at IS NULL AND (p.ends_at IS NULL OR p.ends_at > $8)))

-- name: ListAccounts
--@include AccountColumns
--@include AccessOfAccount
 WHERE p.username_key > $1
--@include AccountFilter
 ORDER BY p.username_key
 LIMIT $4

-- name: ListAccountsBefore
--@include AccountColumns
--@include AccessOfAccount
 WHERE p.username_key < $1
--@include AccountFilter
 ORDER BY p.username_key DESC
 LIMIT $4

-- How many people one has brought; of one team where it is named.
-- part: BroughtCount
     , (SELECT count(*) FROM account k WHERE k.brought_by_id = p.id AND ($2 = '' OR k.task_group = $2))
  FROM account p

-- Whom one person brought, in the order they came.
-- name: ListBrought
--@include AccountColumns
--@include BroughtCount
 WHERE p.brought_by_id = $1 AND ($2 = '' OR p.task_group = $2) AND p.id > $3
 ORDER BY p.id
 LIMIT $4

-- Whom nobody brought, so that every tree begins with one of them.
-- name: ListRoots
--@include AccountColumns
--@include BroughtCount
 WHERE p.brought_by_id IS NULL AND p.id > $1
 ORDER BY p.id
 LIMIT $3

-- The same as one team sees it: nobody of the team brought them.
-- name: ListRootsOfTeam
--@include AccountColumns
--@include BroughtCount
 WHERE p.task_group = $2 AND p.id > $1
   AND NOT EXISTS (SELECT 1 FROM account b WHERE b.id = p.brought_by_id AND b.task_group = $2)
 ORDER BY p.id
 LIMIT $3

-- Only who is out already: so the last superuser cannot go this way.
-- name: DeleteAccount
DELETE FROM account WHERE id = $1 AND deactivated_at IS NOT NULL

-- name: CountActiveAccounts
SELECT count(*) FROM account WHERE deactivated_at IS NULL AND (ends_at IS NULL OR ends_at > $1)

-- name: AircraftRolesOfAccount
SELECT held.aircraft_id, a.registration, held.role
  FROM account_aircraft held JOIN aircraft a ON a.id = held.aircraft_id
 WHERE held.account_id = $1
 ORDER BY a.registration

-- name: AircraftRolesSince
SELECT held.granted_at
  FROM account_aircraft held JOIN aircraft a ON a.id = held.aircraft_id
 WHERE held.account_id = $1
 ORDER BY a.registration

-- name: SetAircraftRole
INSERT INTO account_aircraft (account_id, aircraft_id, role, granted_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, aircraft_id) DO UPDATE SET role = excluded.role, granted_at = excluded.granted_at

-- name: RemoveAircraftRole
DELETE FROM account_aircraft WHERE account_id = $1 AND aircraft_id = $2
