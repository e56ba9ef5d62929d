-- part: AircraftRoles
--@sqlite       , (SELECT group_concat(held.aircraft_id || char(9) || a.registration || char(9) || held.role, char(10))
--@postgres     , (SELECT string_agg(held.aircraft_id || chr(9) || a.registration || chr(9) || held.role, chr(10))
            FROM code_aircraft held JOIN aircraft a ON a.id = held.aircraft_id WHERE held.code_id = c.id)

-- part: CodeColumns
SELECT c.id, c.sealed, c.label, c.email, c.name, c.role, c.task_group, c.max_uses, c.used_count, c.starts_at,
       c.expires_at, c.deactivated_at, c.approval, c.approved_by, c.approval_reason, c.email_domains,
       c.account_days, c.notes, c.welcome, c.tags, c.template_name, c.batch, c.created_by_id, c.created_by, c.created_at,
       c.updated_at, c.last_used_at, c.deleted_at, c.version
--@include AircraftRoles

-- name: AddCode
INSERT INTO code (code_hash, token_hash, sealed, label, email, name, role, task_group, max_uses, starts_at,
                  expires_at, deactivated_at, approval, approved_by, approval_reason, email_domains, account_days,
                  notes, welcome, tags, template_name, search_key, created_by_id, created_by, created_at, updated_at,
                  used_count, last_used_at, batch)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
        $25, $26, $27, $28, $29)
ON CONFLICT (code_hash) WHERE deleted_at IS NULL DO NOTHING
RETURNING id

-- Many that are alike but for their secrets.
-- name: AddCodesAlike @postgres
INSERT INTO code (code_hash, token_hash, sealed, label, email, name, role, task_group, max_uses, starts_at,
                  expires_at, deactivated_at, approval, approved_by, approval_reason, email_domains, account_days,
                  notes, welcome, tags, template_name, search_key, created_by_id, created_by, created_at, updated_at,
                  used_count, last_used_at, batch)
SELECT n.code_hash, n.token_hash, n.sealed, $4, $5, $6, $7, $8, CAST($9 AS BIGINT), CAST($10 AS BIGINT), CAST($11 AS BIGINT),
       CAST($12 AS BIGINT), CAST($13 AS BIGINT), $14, $15, $16, CAST($17 AS BIGINT), $18, $19, $20, $21, $22, $23, $24,
       CAST($25 AS BIGINT), CAST($26 AS BIGINT), CAST($27 AS BIGINT), CAST($28 AS BIGINT), $29
  FROM unnest(CAST($1 AS TEXT[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[])) WITH ORDINALITY
       AS n (code_hash, token_hash, sealed, place)
 ORDER BY n.place
ON CONFLICT (code_hash) WHERE deleted_at IS NULL DO NOTHING
RETURNING id, code_hash

-- Many that differ, as a JSON list of objects.
-- name: AddCodes @postgres
INSERT INTO code (code_hash, token_hash, sealed, label, email, name, role, task_group, max_uses, starts_at,
                  expires_at, deactivated_at, approval, approved_by, approval_reason, email_domains, account_days,
                  notes, welcome, tags, template_name, search_key, created_by_id, created_by, created_at, updated_at,
                  used_count, last_used_at, batch)
SELECT n.code_hash, n.token_hash, n.sealed, n.label, n.email, n.name, n.role, n.task_group, n.max_uses, n.starts_at,
       n.expires_at, n.deactivated_at, n.approval, n.approved_by, n.approval_reason, n.email_domains, n.account_days,
       n.notes, n.welcome, n.tags, n.template_name, n.search_key, n.created_by_id, n.created_by, n.created_at,
       n.updated_at, n.used_count, n.last_used_at, n.batch
  FROM json_to_recordset(CAST($1 AS JSON))
       AS n (code_hash TEXT, token_hash TEXT, sealed TEXT, label TEXT, email TEXT, name TEXT, role TEXT,
             task_group TEXT, max_uses BIGINT, starts_at BIGINT, expires_at BIGINT, deactivated_at BIGINT,
             approval BIGINT, approved_by TEXT, approval_reason TEXT, email_domains TEXT, account_days BIGINT,
             notes TEXT, welcome TEXT, tags TEXT, template_name TEXT, search_key TEXT, created_by_id TEXT,
             created_by TEXT, created_at BIGINT, updated_at BIGINT, used_count BIGINT, last_used_at BIGINT, batch TEXT)
ON CONFLICT (code_hash) WHERE deleted_at IS NULL DO NOTHING
RETURNING id, code_hash

-- name: AddAircraftOfCodes @postgres
INSERT INTO code_aircraft (code_id, aircraft_id, role)
SELECT n.code_id, n.aircraft_id, n.role
  FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[])) AS n (code_id, aircraft_id, role)

-- name: AddTagsOfCodes @postgres
INSERT INTO code_tag (tag, code_id)
SELECT n.tag, n.code_id FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS TEXT[])) AS n (code_id, tag)
ON CONFLICT DO NOTHING

-- name: CodesInUse
SELECT c.code_hash FROM code c
--@sqlite    WHERE c.deleted_at IS NULL AND c.code_hash IN (SELECT value FROM json_each($1))
--@postgres  WHERE c.deleted_at IS NULL AND c.code_hash = ANY (CAST($1 AS TEXT[]))

-- name: AddCodeAircraftToAll
INSERT INTO code_aircraft (code_id, aircraft_id, role)
--@sqlite    SELECT value, $2, $3 FROM json_each($1)
--@postgres  SELECT n.id, $2, $3 FROM unnest(CAST($1 AS BIGINT[])) AS n (id)

-- name: AddCodeAircraft
INSERT INTO code_aircraft (code_id, aircraft_id, role) VALUES ($1, $2, $3)

-- name: RemoveCodeAircraft
DELETE FROM code_aircraft WHERE code_id = $1

-- name: FindCode
--@include CodeColumns
  FROM code c
 WHERE c.id = $1

-- name: FindCodeByCode
--@include CodeColumns
  FROM code c
 WHERE c.code_hash = $1 AND c.deleted_at IS NULL

-- name: FindCodeByToken
--@include CodeColumns
  FROM code c
 WHERE c.token_hash = $1 AND c.deleted_at IS NULL

-- name: ListCodesBoundTo
SELECT c.id FROM code c
 WHERE lower(c.email) = lower($1) AND c.deleted_at IS NULL AND c.deactivated_at IS NULL AND c.approval <> 2
   AND (c.expires_at IS NULL OR c.expires_at > $2) AND (c.max_uses IS NULL OR c.used_count < c.max_uses)
 ORDER BY c.id DESC
 LIMIT $3

-- name: PeekCode
SELECT id, role, task_group, email, name, max_uses, used_count, starts_at, expires_at, deactivated_at, approval
  FROM code
 WHERE code_hash = $1 AND deleted_at IS NULL

-- Locked first and read by a second statement: a row that was waited for is seen as it is now, but what
-- stands beside it (its aircraft) would still be seen as it was when the statement began.
-- name: LockCode @postgres
SELECT id FROM code WHERE id = $1 FOR NO KEY UPDATE

-- name: LockCodesByCode @postgres
SELECT id FROM code WHERE code_hash = ANY ($1) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE

-- What deciding and granting needs, and nothing that would have to be decrypted.
-- name: FindHeldCodes
SELECT c.id, c.code_hash, c.label, c.email, c.role, c.task_group, c.max_uses, c.used_count, c.starts_at, c.expires_at,
       c.deactivated_at, c.approval, c.approved_by, c.email_domains, c.account_days, c.created_by_id, c.created_by,
       c.version
--@include AircraftRoles
  FROM code c
--@sqlite    WHERE c.code_hash = $1 AND c.deleted_at IS NULL
--@postgres  WHERE c.code_hash = ANY ($1) AND c.deleted_at IS NULL ORDER BY c.id

-- part: Usable
   AND c.deleted_at IS NULL
   AND c.approval = 0
   AND c.deactivated_at IS NULL
   AND (c.starts_at IS NULL OR c.starts_at <= $2)
   AND (c.expires_at IS NULL OR c.expires_at > $2)
   AND (c.max_uses IS NULL OR c.used_count < c.max_uses)

-- One statement both decides and counts, so two guests can never share the last use (REG-6).
-- name: TakeUses
UPDATE code AS c
   SET used_count = used_count + CASE WHEN max_uses - used_count < $3 THEN max_uses - used_count ELSE $3 END,
       last_taken = CASE WHEN max_uses - used_count < $3 THEN max_uses - used_count ELSE $3 END,
       last_used_at = $2
 WHERE c.id = $1
--@include Usable
RETURNING last_taken

-- name: TakeUsesOfAll @postgres
UPDATE code AS c
   SET used_count = used_count + CASE WHEN max_uses - used_count < w.uses THEN max_uses - used_count ELSE w.uses END,
       last_taken = CASE WHEN max_uses - used_count < w.uses THEN max_uses - used_count ELSE w.uses END,
       last_used_at = $2
  FROM unnest(CAST($1 AS BIGINT[]), CAST($3 AS BIGINT[])) AS w (id, uses)
 WHERE c.id = w.id
--@include Usable
RETURNING c.id, c.last_taken

-- name: SaveCode
UPDATE code
   SET label = $2, email = $3, name = $4, role = $5, task_group = $6, max_uses = $7, starts_at = $8, expires_at = $9,
       deactivated_at = $10, approval = $11, approved_by = $12, approval_reason = $13, email_domains = $14,
       account_days = $15, notes = $16, welcome = $17, tags = $18, template_name = $19, search_key = $20,
       updated_at = $21, created_by_id = $22, created_by = $23, version = version + 1
 WHERE id = $1

-- name: MarkCodePending
UPDATE code SET approval = 1, updated_at = $2, version = version + 1 WHERE id = $1 AND approval = 0

-- name: DeleteCode
UPDATE code SET deleted_at = $2, updated_at = $2, version = version + 1 WHERE id = $1 AND deleted_at IS NULL

-- name: AddCodeFragments
INSERT INTO code_fragment (hash, code_id)
--@sqlite    SELECT value, $1 FROM json_each($2)
--@postgres  SELECT f.hash, CAST($1 AS BIGINT) FROM unnest(CAST($2 AS BIGINT[])) AS f (hash)

-- Of many codes: fragment by fragment, each with its code.
-- name: AddFragmentsOfAll @postgres
INSERT INTO code_fragment (hash, code_id)
SELECT f.hash, f.code_id FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BIGINT[])) AS f (hash, code_id)

-- name: RemoveCodeFragments
DELETE FROM code_fragment
--@sqlite    WHERE code_id = $1 AND hash IN (SELECT value FROM json_each($2))
--@postgres  WHERE code_id = $1 AND hash = ANY ($2)

-- name: FindCodeSeal
SELECT sealed FROM code WHERE id = $1 AND deleted_at IS NULL

-- name: FindCodesByHashes
--@include CodeColumns
  FROM code c
--@sqlite    WHERE c.code_hash IN (SELECT value FROM json_each($1))
--@postgres  WHERE c.code_hash = ANY ($1)
   AND c.deleted_at IS NULL
   AND (CAST($2 AS BIGINT) = 1 OR c.task_group = $3 OR c.created_by_id = $4)
 ORDER BY c.id
 LIMIT $5

-- name: MiscountedCodes
SELECT c.id, c.used_count, count(r.id)
  FROM code c LEFT JOIN redemption r ON r.code_id = c.id
 GROUP BY c.id, c.used_count
HAVING c.used_count <> count(r.id)
 ORDER BY c.id
