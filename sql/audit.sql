-- The chain of the audit log (migrations/0010_audit.sql).

-- part: SealedEvent
e.id, e.mac, e.digest, e.salt, e.stamp, e.at, e.kind, e.code_id, e.actor_id, e.actor_name, e.subject_id, e.subject_name, e.details,
       e.door, e.address, e.request_id

-- Two nodes that link at once would make two chains.
-- name: LockLinking @postgres
SELECT CASE WHEN pg_try_advisory_xact_lock(7310582) THEN 1 ELSE 0 END

-- name: FindLinkingPosition
SELECT p.linked, p.fence, p.waits_for, (SELECT COALESCE(max(id), 0) FROM event), p.origin, p.origin_seal FROM audit_position p

-- name: MoveLinkingPosition
UPDATE audit_position SET linked = $1, fence = $2, waits_for = $3

-- name: SealOrigin
UPDATE audit_position SET origin_seal = $1 WHERE origin_seal IS NULL AND NOT EXISTS (SELECT 1 FROM audit_link)

-- name: FindUnlinkedMacs
SELECT e.id, e.mac FROM event e WHERE e.id > $1 AND e.id <= $2 ORDER BY e.id

-- name: FindOldEvents
SELECT 0, 0, '', '',
--@include SealedEvent
  FROM event e WHERE e.id > $1 AND e.id <= $2 AND e.mac IS NULL ORDER BY e.id

-- name: SealOldEvents
--@sqlite UPDATE event SET mac = $2, digest = $3, salt = $4, stamp = $5 WHERE id = $1 AND mac IS NULL
--@postgres UPDATE event SET mac = n.mac, digest = n.digest, salt = n.salt, stamp = n.stamp
--@postgres   FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS TEXT[]), CAST($3 AS TEXT[]), CAST($4 AS TEXT[]), CAST($5 AS TEXT[]))
--@postgres        AS n (id, mac, digest, salt, stamp)
--@postgres  WHERE event.id = n.id AND event.mac IS NULL

-- name: AddLinks
INSERT INTO audit_link (position, event_id, mac, seal)
--@sqlite VALUES ($1, $2, $3, $4)
--@postgres SELECT n.position, n.event_id, n.mac, n.seal
--@postgres   FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BIGINT[]), CAST($3 AS TEXT[]), CAST($4 AS TEXT[]))
--@postgres        AS n (position, event_id, mac, seal)

-- name: FindLastLink
SELECT l.position, l.event_id, l.seal, (SELECT e.at FROM event e WHERE e.id = l.event_id)
  FROM audit_link l ORDER BY l.position DESC LIMIT 1

-- name: FindLink
SELECT l.position, l.event_id, l.seal, (SELECT e.at FROM event e WHERE e.id = l.event_id) FROM audit_link l WHERE l.position = $1

-- name: CountUnlinked
SELECT count(*) FROM (SELECT 1 FROM event e WHERE e.id > $1 LIMIT $2) AS few

-- name: FindSealedEntries
SELECT l.position, l.event_id, l.mac, l.seal,
--@include SealedEvent
  FROM audit_link l LEFT JOIN event e ON e.id = l.event_id
 WHERE l.position > $1
 ORDER BY l.position
 LIMIT $2

-- name: FindEventsOutside
SELECT 0, 0, '', '',
--@include SealedEvent
  FROM event e
 WHERE e.id > $1 AND e.id < $2 AND NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.event_id = e.id)
 ORDER BY e.id
 LIMIT $3

-- name: IsMacLinked
SELECT 1 FROM audit_link l WHERE l.mac = $1 LIMIT 1

-- name: FindErasures
SELECT 0, 0, '', '',
--@include SealedEvent
  FROM event e
 WHERE e.kind = 'account.erased' AND e.id > $1
 ORDER BY e.id
 LIMIT $2

-- name: ErasePersonFromEvents
UPDATE event SET actor_name = NULL, subject_name = NULL, details = NULL, address = NULL, salt = NULL
 WHERE (actor_id = $1 OR subject_id = $1) AND mac IS NOT NULL AND salt IS NOT NULL

-- name: IsAnyEventOfPersonUnsealed
SELECT 1 FROM event e WHERE (e.actor_id = $1 OR e.subject_id = $1) AND e.mac IS NULL LIMIT 1

-- Of a person's own redemptions the subject repeats the account, and stays when that is gone.
-- name: ErasePersonFromRedemptions
UPDATE redemption SET account_name = NULL, email = NULL
 WHERE application = '' AND subject = $1
   AND code_id IN (SELECT e.code_id FROM event e WHERE e.actor_id = $1 AND e.code_id IS NOT NULL)

-- name: FindDeletedAccounts
SELECT DISTINCT e.subject_id FROM event e
 WHERE e.kind = 'account.deleted' AND (e.subject_name = $1 OR e.subject_id = $1) AND e.subject_id IS NOT NULL
 LIMIT $2
