-- Whoever has an account under an address the directory knows, and whoever was invited for it, told alike: first the
-- columns of scim_user, then those of the account, then those of the code, then what aircraft roles there are.
-- part: ScimRows
SELECT s.id, s.user_name, s.user_name_key, s.external_id, s.display_name, s.code_id, s.account_id, s.sealed, s.version,
       s.created_at, s.updated_at,
       p.id AS p_id, p.username, p.name, p.email, p.role, p.task_group, p.deactivated_at, p.ends_at, p.joined_at,
       p.version AS p_version,
       c.id AS c_id, c.email AS c_email, c.name AS c_name, c.role AS c_role, c.task_group AS c_task_group,
       c.deactivated_at AS c_deactivated_at, c.deleted_at AS c_deleted_at, c.approval, c.used_count, c.max_uses, c.starts_at,
       c.expires_at, c.updated_at AS c_updated_at, c.version AS c_version,
       CASE WHEN p.id IS NULL
            THEN (SELECT
--@sqlite                     group_concat(held.aircraft_id || char(9) || a.registration || char(9) || held.role, char(10))
--@postgres                     string_agg(held.aircraft_id || chr(9) || a.registration || chr(9) || held.role, chr(10))
                    FROM code_aircraft held JOIN aircraft a ON a.id = held.aircraft_id WHERE held.code_id = c.id)
            ELSE (SELECT
--@sqlite                     group_concat(held.aircraft_id || char(9) || a.registration || char(9) || held.role, char(10))
--@postgres                     string_agg(held.aircraft_id || chr(9) || a.registration || chr(9) || held.role, chr(10))
                    FROM account_aircraft held JOIN aircraft a ON a.id = held.aircraft_id WHERE held.account_id = p.id)
       END AS grants
  FROM scim_user s
  LEFT JOIN account p ON p.id = s.account_id
  LEFT JOIN code c ON c.id = s.code_id AND s.account_id IS NULL
 WHERE s.deleted_at IS NULL AND (s.account_id IS NULL OR p.id IS NOT NULL)

-- Accounts of which no directory has said anything. Whom a directory has deleted stays out until somebody lets them in again.
-- part: ScimAccounts
SELECT p.id, '' AS user_name, '' AS user_name_key, '' AS external_id, '' AS display_name, CAST(NULL AS BIGINT) AS code_id,
       p.id AS account_id, '' AS sealed, CAST(0 AS BIGINT) AS version, p.joined_at AS created_at, p.joined_at AS updated_at,
       p.id AS p_id, p.username, p.name, p.email, p.role, p.task_group, p.deactivated_at, p.ends_at, p.joined_at,
       p.version AS p_version,
       CAST(NULL AS BIGINT) AS c_id, '' AS c_email, '' AS c_name, '' AS c_role, '' AS c_task_group,
       CAST(NULL AS BIGINT) AS c_deactivated_at, CAST(NULL AS BIGINT) AS c_deleted_at, CAST(0 AS BIGINT) AS approval,
       CAST(0 AS BIGINT) AS used_count, CAST(NULL AS BIGINT) AS max_uses, CAST(NULL AS BIGINT) AS starts_at,
       CAST(NULL AS BIGINT) AS expires_at, CAST(0 AS BIGINT) AS c_updated_at, CAST(0 AS BIGINT) AS c_version,
       (SELECT
--@sqlite          group_concat(held.aircraft_id || char(9) || a.registration || char(9) || held.role, char(10))
--@postgres          string_agg(held.aircraft_id || chr(9) || a.registration || chr(9) || held.role, chr(10))
         FROM account_aircraft held JOIN aircraft a ON a.id = held.aircraft_id WHERE held.account_id = p.id) AS grants
  FROM account p
 WHERE NOT EXISTS (SELECT 1 FROM scim_user s
                    WHERE s.account_id = p.id AND (s.deleted_at IS NULL OR p.deactivated_at IS NOT NULL))

-- name: ScimById
--@include ScimRows
   AND s.id = $1

-- name: ScimAccountById
--@include ScimAccounts
   AND p.id = $1

-- name: ScimByUserName
--@include ScimRows
   AND s.user_name_key = $1

-- name: ScimByExternalId
--@include ScimRows
   AND s.external_id = $1

-- name: ScimByAddressOfCode
--@include ScimRows
   AND s.account_id IS NULL
   AND s.code_id IN (SELECT x.id FROM code x WHERE lower(x.email) = lower($1) AND x.email IS NOT NULL AND x.deleted_at IS NULL)

-- name: ScimByAddressOfAccount
--@include ScimRows
   AND p.email_key = $1

-- name: ScimAccountByAddress
--@include ScimAccounts
   AND p.email_key = $1

-- name: ScimByDisplayName
--@include ScimRows
   AND s.account_id IS NULL AND s.display_name = $1

-- name: ScimByNameOfAccount
--@include ScimRows
   AND p.name = $1 AND p.name <> ''

-- name: ScimByUsernameOfAccount
--@include ScimRows
   AND p.username_key = $1 AND p.name = ''

-- name: ScimAccountByName
--@include ScimAccounts
   AND p.name = $1 AND p.name <> ''

-- name: ScimAccountByUsername
--@include ScimAccounts
   AND p.username_key = $1 AND p.name = ''

-- Everybody in order of their ids, beyond $1: $3 are left out first, and up to $2 told. $4 is as many as both together.
-- name: ListScimPeople
SELECT id, user_name, user_name_key, external_id, display_name, code_id, account_id, sealed, version, created_at, updated_at,
       p_id, username, name, email, role, task_group, deactivated_at, ends_at, joined_at, p_version,
       c_id, c_email, c_name, c_role, c_task_group, c_deactivated_at, c_deleted_at, approval, used_count, max_uses, starts_at,
       expires_at, c_updated_at, c_version, grants
  FROM (
--@sqlite SELECT id, user_name, user_name_key, external_id, display_name, code_id, account_id, sealed, version, created_at, updated_at,
--@sqlite        p_id, username, name, email, role, task_group, deactivated_at, ends_at, joined_at, p_version,
--@sqlite        c_id, c_email, c_name, c_role, c_task_group, c_deactivated_at, c_deleted_at, approval, used_count, max_uses, starts_at,
--@sqlite        expires_at, c_updated_at, c_version, grants FROM (
--@postgres (
--@include ScimRows
   AND s.id > $1
 ORDER BY s.id
 LIMIT $4)
 UNION ALL
--@sqlite SELECT id, user_name, user_name_key, external_id, display_name, code_id, account_id, sealed, version, created_at, updated_at,
--@sqlite        p_id, username, name, email, role, task_group, deactivated_at, ends_at, joined_at, p_version,
--@sqlite        c_id, c_email, c_name, c_role, c_task_group, c_deactivated_at, c_deleted_at, approval, used_count, max_uses, starts_at,
--@sqlite        expires_at, c_updated_at, c_version, grants FROM (
--@postgres (
--@include ScimAccounts
   AND p.id > $1
 ORDER BY p.id
 LIMIT $4)
       ) AS everybody
 ORDER BY id
 LIMIT $2 OFFSET $3

-- name: CountScimPeople
SELECT (SELECT count(*) FROM scim_user s LEFT JOIN account p ON p.id = s.account_id
         WHERE s.deleted_at IS NULL AND (s.account_id IS NULL OR p.id IS NOT NULL))
     + (SELECT count(*) FROM account p
         WHERE NOT EXISTS (SELECT 1 FROM scim_user s
                            WHERE s.account_id = p.id AND (s.deleted_at IS NULL OR p.deactivated_at IS NOT NULL)))

-- Those whose account was deleted by hand hold no name any more.
-- name: FreeScimUserName
UPDATE scim_user SET deleted_at = $2, user_name = NULL, user_name_key = NULL, external_id = NULL, display_name = NULL,
                     sealed = NULL, version = version + 1
 WHERE user_name_key = $1 AND deleted_at IS NULL AND account_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM account p WHERE p.id = scim_user.account_id)

-- name: HoldScimUser
SELECT id FROM scim_user WHERE id = $1
--@postgres FOR NO KEY UPDATE

-- name: AddScimUser
INSERT INTO scim_user (id, user_name, user_name_key, external_id, display_name, code_id, account_id, sealed, version,
                       created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)
ON CONFLICT DO NOTHING
RETURNING id

-- name: SaveScimUser
UPDATE scim_user
   SET user_name = $2, user_name_key = $3, external_id = $4, display_name = $5, code_id = $6, sealed = $7, updated_at = $8,
       version = version + 1
 WHERE id = $1 AND deleted_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM scim_user o WHERE o.id <> $1 AND o.user_name_key = $3 AND o.deleted_at IS NULL)
RETURNING id

-- name: JoinScimUser
UPDATE scim_user SET account_id = $2, updated_at = $3, version = version + 1
 WHERE code_id = $1 AND account_id IS NULL AND deleted_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM scim_user o WHERE o.account_id = $2 AND o.deleted_at IS NULL)

-- name: ForgetScimUser
UPDATE scim_user
   SET user_name = NULL, user_name_key = NULL, external_id = NULL, display_name = NULL, sealed = NULL, deleted_at = $2,
       version = version + 1
 WHERE id = $1

-- name: LeftScimAccount
SELECT s.account_id FROM scim_user s JOIN account p ON p.id = s.account_id
 WHERE p.email_key = $1 AND p.deactivated_at IS NOT NULL AND s.deleted_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM scim_user o WHERE o.account_id = p.id AND o.deleted_at IS NULL)
 LIMIT 1

-- name: EraseScimUsers
DELETE FROM scim_user WHERE account_id = $1
