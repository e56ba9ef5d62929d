-- Pulls of people (migrations/0023_pulls.sql).

-- part: PullColumns
SELECT p.id, p.state, p.source, p.row_count, p.wrong, p.unnamed, p.known, p.leavers, p.changes, p.links, p.invites, p.done,
       p.failed, p.fingerprint, p.trouble, p.asked_by, p.ended_by_id, p.ended_by, p.door, p.address, p.request_id,
       p.created_at, p.updated_at
  FROM pull p

-- Nothing where one is being fetched already.
-- name: AddPull
INSERT INTO pull (id, state, source, row_count, wrong, unnamed, known, leavers, changes, links, invites, done, failed,
                  asked_by, created_at, updated_at, lease_until)
VALUES ($1, 'fetching', $2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, $3, $4, $4, 0)
ON CONFLICT DO NOTHING
RETURNING id

-- name: SavePull
UPDATE pull
   SET state = $2, row_count = $3, wrong = $4, unnamed = $5, known = $6, leavers = $7, changes = $8, links = $9, invites = $10,
       done = $11, failed = $12, fingerprint = $13, trouble = $14, ended_by_id = $15, ended_by = $16, door = $17,
       address = $18, request_id = $19, updated_at = $20
 WHERE id = $1

-- name: FindPull
--@include PullColumns
 WHERE p.id = $1

-- name: LockPull @postgres
SELECT id FROM pull WHERE id = $1 FOR NO KEY UPDATE

-- name: FindPullInState
--@include PullColumns
 WHERE p.state = $1
 ORDER BY p.id DESC
 LIMIT 1

-- Newest first, beyond one.
-- name: ListPulls
--@include PullColumns
 WHERE $1 = '' OR p.id < $1
 ORDER BY p.id DESC
 LIMIT $2

-- A newer one takes their place.
-- name: SupersedePulls
UPDATE pull SET state = 'superseded', updated_at = $2 WHERE state = 'waiting' AND id < $1

-- name: ListDuePulls
SELECT p.id FROM pull p WHERE p.state = $1 AND p.lease_until <= $2 ORDER BY p.id LIMIT 10

-- name: ClaimPull
UPDATE pull SET lease = $2, lease_until = $4
 WHERE id = $1 AND state IN ('fetching', 'applying') AND (lease_until <= $3 OR lease = $2)
RETURNING id

-- name: ReleasePull
UPDATE pull SET lease = NULL, lease_until = $3 WHERE id = $1 AND lease = $2

-- name: ListOldPulls
SELECT p.id FROM pull p
 WHERE p.state NOT IN ('fetching', 'waiting', 'applying') AND p.created_at < $1
   AND p.id < (SELECT max(o.id) FROM pull o)
 ORDER BY p.id
 LIMIT $2

-- name: DeletePull
DELETE FROM pull WHERE id = $1

-- name: AddPullChange
INSERT INTO pull_change (pull_id, place, kind, scim_id, sealed) VALUES ($1, $2, $3, $4, $5)

-- name: ListPullChanges
SELECT place, kind, scim_id, sealed, outcome, reason FROM pull_change
 WHERE pull_id = $1 AND place > $2
 ORDER BY place
 LIMIT $3

-- name: ListPullChangesLeft
SELECT place, kind, scim_id, sealed, outcome, reason FROM pull_change
 WHERE pull_id = $1 AND outcome IS NULL
 ORDER BY place
 LIMIT $2

-- name: SettlePullChange
UPDATE pull_change SET outcome = $3, reason = $4, scim_id = $5 WHERE pull_id = $1 AND place = $2 AND outcome IS NULL
RETURNING place

-- name: DeletePullChanges
DELETE FROM pull_change WHERE pull_id = $1

-- name: AddPullError
INSERT INTO pull_error (pull_id, row_number, place, field, reason, sentence) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (pull_id, row_number, place) DO NOTHING

-- Beyond a row and a place in it.
-- name: ListPullErrors
SELECT row_number, place, field, reason, sentence FROM pull_error
 WHERE pull_id = $1 AND (row_number > $2 OR (row_number = $2 AND place > $3))
 ORDER BY row_number, place
 LIMIT $4

-- name: DeletePullErrors
DELETE FROM pull_error WHERE pull_id = $1

-- name: ListPullPeople
SELECT hash, scim_id, sealed FROM pull_person WHERE hash > $1 ORDER BY hash LIMIT $2

-- name: FindPullPerson
SELECT hash, scim_id, sealed FROM pull_person WHERE hash = $1

-- name: FindPullPersonByScim
SELECT hash, scim_id, sealed FROM pull_person WHERE scim_id = $1 ORDER BY hash LIMIT 1

-- name: PutPullPerson
INSERT INTO pull_person (hash, scim_id, sealed) VALUES ($1, $2, $3)
ON CONFLICT (hash) DO UPDATE SET scim_id = excluded.scim_id, sealed = excluded.sealed

-- name: DeletePullPerson
DELETE FROM pull_person WHERE hash = $1

-- Whoever has this account is forgotten.
-- name: ErasePullPerson
DELETE FROM pull_person
 WHERE scim_id = $1 OR scim_id IN (SELECT s.id FROM scim_user s WHERE s.account_id = $1)

-- name: ErasePullChanges
DELETE FROM pull_change
 WHERE scim_id = $1 OR scim_id IN (SELECT s.id FROM scim_user s WHERE s.account_id = $1)
