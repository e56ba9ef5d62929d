-- Alerts (migrations/0012_alerts.sql).

-- part: AlertColumns
SELECT a.id, a.kind, a.subject, a.subject_name, a.code_id, a.batch, a.amount, a.compared, a.minutes, a.until_at, a.reason,
       a.weight, a.times, a.raised_at, a.seen_at, a.ends_at, a.acknowledged_at, a.acknowledged_by, a.snoozed_until,
       a.snoozed_by, a.closed_at
  FROM alert a

-- Who may see it: $1 whoever sees all codes, $2 a team, $3 a creator, $4 whoever sees what is about no code.
-- part: AlertsWithin
  LEFT JOIN code c ON c.id = a.code_id
 WHERE (a.code_id IS NULL AND CAST($4 AS BIGINT) = 1
        OR a.code_id IS NOT NULL AND (CAST($1 AS BIGINT) = 1 OR c.task_group = $2 OR (c.created_by_id = $3 AND $3 <> '')))

-- part: WaitingAlerts
   AND a.closed_at IS NULL AND a.acknowledged_at IS NULL AND COALESCE(a.snoozed_until, 0) <= $5

-- ── Looking ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Two nodes that look at once would raise twice.
-- name: LockAlerts @postgres
SELECT CASE WHEN pg_try_advisory_xact_lock(7310583) THEN 1 ELSE 0 END

-- name: FindAlertPosition
SELECT p.looked, p.fence, p.waits_for, (SELECT COALESCE(max(id), 0) FROM event), p.expiry, p.expiry_code
  FROM alert_position p

-- name: MoveAlertPosition
UPDATE alert_position SET looked = $1, fence = $2, waits_for = $3

-- name: MoveAlertExpiry
UPDATE alert_position SET expiry = $1, expiry_code = $2

-- name: EventsForAlerts
SELECT e.id, e.at, e.kind, e.code_id, e.subject_id, e.subject_name, e.details, e.address
  FROM event e
 WHERE e.id > $1 AND e.id <= $2
   AND e.kind IN ('code.created', 'code.edited', 'code.revoked', 'code.reactivated', 'code.deleted', 'code.approved',
                  'code.rejected', 'code.held', 'code.redeemed', 'account.registered', 'access.added',
                  'registration.refused', 'session.refused', 'password.reset_refused', 'webhook.edited',
                  'webhook.deleted', 'webhook.disabled', 'mail.failed', 'mail.sent')
 ORDER BY e.id

-- part: AlertedCode
SELECT c.id, c.label, c.role, c.task_group, c.created_by_id, c.batch, c.max_uses, c.used_count, c.starts_at, c.expires_at,
       c.deactivated_at, c.approval, c.created_at, c.deleted_at
  FROM code c

-- name: CodesForAlerts
--@include AlertedCode
--@sqlite    WHERE c.id IN (SELECT value FROM json_each($1))
--@postgres  WHERE c.id = ANY ($1)

-- The next that expire, beyond ($1, $2) and until $3.
-- name: EndingCodes
--@include AlertedCode
 WHERE c.deleted_at IS NULL AND c.expires_at IS NOT NULL AND (c.expires_at, c.id) > ($1, $2) AND c.expires_at <= $3
 ORDER BY c.expires_at, c.id
 LIMIT $4

-- name: LatestUsesOfCode
SELECT d.at FROM (SELECT e.at, e.kind, e.id FROM event e WHERE e.code_id = $1 ORDER BY e.id DESC LIMIT $2) AS d
 WHERE d.kind IN ('code.redeemed', 'account.registered', 'access.added')
 ORDER BY d.id DESC

-- name: CountForAlerts
INSERT INTO alert_count (what, minute, count) VALUES ($1, $2, $3)
ON CONFLICT (what, minute) DO UPDATE SET count = alert_count.count + excluded.count

-- name: CountedForAlerts
SELECT CAST(COALESCE(sum(count), 0) AS BIGINT) FROM alert_count WHERE what = $1 AND minute > $2

-- name: DeleteAlertCounts
DELETE FROM alert_count WHERE minute <= $1

-- ── Keeping ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- name: AddAlert
INSERT INTO alert (kind, subject, subject_name, code_id, batch, amount, compared, minutes, until_at, reason, weight, times,
                   raised_at, seen_at, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
RETURNING id

-- name: SaveAlert
UPDATE alert
   SET subject_name = $2, amount = $3, compared = $4, minutes = $5, until_at = $6, reason = $7, weight = $8, times = $9,
       seen_at = $10, ends_at = $11, acknowledged_at = $12, acknowledged_by = $13, snoozed_until = $14, snoozed_by = $15,
       closed_at = $16
 WHERE id = $1

-- name: FindOpenAlert
--@include AlertColumns
 WHERE a.kind = $1 AND a.subject = $2 AND a.closed_at IS NULL

-- name: OpenAlertsOfCodes
--@include AlertColumns
--@sqlite    WHERE a.code_id IN (SELECT value FROM json_each($1)) AND a.closed_at IS NULL
--@postgres  WHERE a.code_id = ANY ($1) AND a.closed_at IS NULL

-- name: DueAlerts
--@include AlertColumns
 WHERE a.closed_at IS NULL AND a.ends_at <= $1
 ORDER BY a.ends_at
 LIMIT $2

-- name: DeleteClosedAlerts
DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE closed_at < $1 ORDER BY closed_at LIMIT $2)

-- ── Showing ────────────────────────────────────────────────────────────────────────────────────────────────────────

-- name: FindAlert
--@include AlertColumns
--@include AlertsWithin
   AND a.id = $5
--@postgres   FOR UPDATE OF a

-- $5 now, $6 the state: 0 waiting, 1 snoozed, 2 acknowledged, 3 closed; $7 a kind; $8 below this id, $9 above that one.
-- name: ListAlerts
--@include AlertColumns
--@include AlertsWithin
   AND (CAST($6 AS BIGINT) = 3 AND a.closed_at IS NOT NULL
        OR CAST($6 AS BIGINT) = 2 AND a.closed_at IS NULL AND a.acknowledged_at IS NOT NULL
        OR CAST($6 AS BIGINT) = 1 AND a.closed_at IS NULL AND a.acknowledged_at IS NULL AND COALESCE(a.snoozed_until, 0) > $5)
   AND ($7 = '' OR a.kind = $7) AND a.id < $8 AND a.id > $9
 ORDER BY a.id DESC
 LIMIT $10

-- name: ListWaitingAlerts
--@include AlertColumns
--@include AlertsWithin
--@include WaitingAlerts
   AND ($6 = '' OR a.kind = $6) AND a.id < $7 AND a.id > $8
 ORDER BY a.id DESC
 LIMIT $9

-- name: CountWaitingAlerts
SELECT count(*) FROM (SELECT 1 FROM alert a
--@include AlertsWithin
--@include WaitingAlerts
 LIMIT $6) AS few

-- name: FindLastAlertId
SELECT COALESCE(max(id), 0) FROM alert
