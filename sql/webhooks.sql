-- part: WebhookColumns
SELECT w.id, w.url, w.description, w.kinds, w.sealed_secret, w.sealed_old_secret, w.old_signs_until, w.created_by,
       w.created_at, w.updated_at, w.disabled_at, w.disabled_reason, w.failing_since
  FROM webhook w

-- name: AddWebhook
INSERT INTO webhook (id, url, description, kinds, sealed_secret, created_by, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)

-- name: FindWebhook
--@include WebhookColumns
 WHERE w.id = $1

-- name: FindWebhookForUpdate
--@include WebhookColumns
 WHERE w.id = $1
--@postgres   FOR UPDATE

-- name: ListWebhooks
--@include WebhookColumns
 ORDER BY w.created_at, w.id

-- name: SaveWebhook
UPDATE webhook
   SET url = $2, description = $3, kinds = $4, sealed_secret = $5, sealed_old_secret = $6, old_signs_until = $7,
       updated_at = $8, disabled_at = $9, disabled_reason = $10, failing_since = $11
 WHERE id = $1

-- name: EndWebhookTrouble
UPDATE webhook SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL

-- name: DeleteWebhook
DELETE FROM webhook WHERE id = $1

-- name: DeleteDeliveriesOf
DELETE FROM webhook_delivery WHERE webhook_id = $1

-- ── Deliveries ─────────────────────────────────────────────────────────────────────────────────────────────────

-- part: DeliveryColumns
SELECT d.id, d.webhook_id, d.state, d.attempts, d.created_at, d.due_at, d.attempted_at, d.done_at, d.status, d.response,
       d.lease, e.id, e.at, e.kind, e.code_id, e.actor_id, e.actor_name, e.subject_id, e.subject_name, e.details,
       e.door, e.address, e.request_id
  FROM webhook_delivery d
  JOIN event e ON e.id = d.event_id

-- name: ListDeliveries
--@include DeliveryColumns
 WHERE d.webhook_id = $1 AND d.id < $2 AND (CAST($3 AS BIGINT) < 0 OR d.state = $3)
 ORDER BY d.id DESC
 LIMIT $4

-- name: FindDelivery
--@include DeliveryColumns
 WHERE d.webhook_id = $1 AND d.id = $2

-- name: FindLeasedDelivery
--@include DeliveryColumns
 WHERE d.id = $1 AND d.lease = $2 AND d.state = 0
--@postgres   FOR UPDATE OF d

-- Webhooks for which something is due: what a sender that has nothing to do asks again and again.
-- name: DueWebhooks
SELECT w.id
  FROM webhook w
 WHERE w.disabled_at IS NULL
   AND EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 0 AND d.due_at <= $1)
 ORDER BY w.id

-- name: CountDueDeliveries
SELECT count(*) FROM (
    SELECT 1 FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
     WHERE w.disabled_at IS NULL AND d.state = 0 AND d.due_at <= $1 LIMIT $2) AS few

-- A later event of a code waits until the earlier ones are delivered or given up. Nodes pass over what another
-- one is just claiming; what that one has claimed already is not due.
-- name: ClaimDeliveries
UPDATE webhook_delivery
   SET lease = $2, due_at = $3, attempts = attempts + 1, attempted_at = $4
--@sqlite    WHERE id IN (
--@postgres  WHERE id = ANY (ARRAY(
       SELECT d.id
         FROM webhook_delivery d
        WHERE d.webhook_id = $1 AND d.state = 0 AND d.due_at <= $4
          AND NOT EXISTS (SELECT 1 FROM webhook_delivery b
                           WHERE b.webhook_id = d.webhook_id AND b.code_id = d.code_id AND b.state = 0
                             AND b.event_id < d.event_id)
        ORDER BY d.due_at, d.event_id
        LIMIT $5
--@sqlite      )
--@postgres    FOR UPDATE SKIP LOCKED))
RETURNING id

-- name: RecordDelivery
UPDATE webhook_delivery SET state = $2, due_at = $3, done_at = $4, status = $5, response = $6, lease = NULL WHERE id = $1

-- What waits behind a failed delivery is not looked at before that one is due again.
-- name: DeferFollowers
UPDATE webhook_delivery SET due_at = $4
 WHERE webhook_id = $1 AND code_id = $2 AND state = 0 AND event_id > $3 AND due_at < $4

-- name: ReleaseFollowers
UPDATE webhook_delivery SET due_at = $4
 WHERE webhook_id = $1 AND code_id = $2 AND state = 0 AND event_id > $3 AND due_at > $4 AND lease IS NULL

-- name: HandBackDelivery
UPDATE webhook_delivery SET lease = NULL, due_at = $3, attempts = attempts - 1 WHERE id = $1 AND lease = $2 AND state = 0

-- name: GiveUpDeliveries
UPDATE webhook_delivery SET state = 2, done_at = $2, response = $3, lease = NULL WHERE webhook_id = $1 AND state = 0

-- name: ReplayDelivery
UPDATE webhook_delivery SET state = 0, attempts = 0, due_at = $3, done_at = NULL
 WHERE webhook_id = $1 AND id = $2 AND lease IS NULL

-- Walks back from the newest.
-- name: LastEventBefore
SELECT id FROM event WHERE at < $1 ORDER BY id DESC LIMIT 1

-- name: ReplayDeliveriesAfter
UPDATE webhook_delivery SET state = 0, attempts = 0, due_at = $3, done_at = NULL
 WHERE webhook_id = $1 AND event_id > $2 AND state <> 0

-- What happened while the webhook was switched off or did not ask for it.
-- name: AddMissedDeliveries
INSERT INTO webhook_delivery (webhook_id, event_id, code_id, state, attempts, created_at, due_at)
SELECT w.id, e.id, e.code_id, 0, 0, $3, $3
  FROM webhook w
  JOIN event e ON e.id > $2
 WHERE w.id = $1
--@include WebhookWants
   AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.event_id = e.id)

-- name: DeleteOldDeliveries
DELETE FROM webhook_delivery
 WHERE id IN (SELECT id FROM webhook_delivery
               WHERE (done_at < $1 AND state = 1) OR (done_at < $2 AND state = 2)
               ORDER BY done_at LIMIT $3)

-- Added while their webhook was being deleted.
-- name: DeleteLostDeliveries
DELETE FROM webhook_delivery WHERE state = 0 AND webhook_id NOT IN (SELECT id FROM webhook)
