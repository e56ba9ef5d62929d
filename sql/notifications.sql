-- Notifications in the pages (migrations/0017_notifications.sql).

-- name: AddNotification
INSERT INTO notification (account_id, kind, code_id, actor_id, at) VALUES ($1, $2, $3, NULLIF($4, ''), $5)

-- Told once, until they have looked.
-- name: AddNotificationOnce
INSERT INTO notification (account_id, kind, at)
SELECT $1, $2, CAST($3 AS BIGINT)
 WHERE NOT EXISTS (SELECT 1 FROM notification o WHERE o.account_id = $1 AND o.seen_at IS NULL AND o.kind = $2)

-- name: ListNotifications
SELECT n.id, n.kind, n.code_id, COALESCE(c.label, ''), COALESCE(c.approval_reason, ''),
       CASE WHEN c.deleted_at IS NULL THEN 0 ELSE 1 END, COALESCE(a.username, ''), n.at, n.seen_at
  FROM notification n
  LEFT JOIN code c ON c.id = n.code_id
  LEFT JOIN account a ON a.id = n.actor_id
 WHERE n.account_id = $1
 ORDER BY n.id DESC
 LIMIT $2

-- name: CountUnseenNotifications
SELECT count(*) FROM (SELECT 1 FROM notification WHERE account_id = $1 AND seen_at IS NULL LIMIT $2) AS unseen

-- name: MarkNotificationsSeen
UPDATE notification SET seen_at = $3 WHERE account_id = $1 AND seen_at IS NULL AND id <= $2

-- Of everybody: nobody needs to be told any more.
-- name: MarkNotificationsOfCodeSeen
UPDATE notification SET seen_at = $3 WHERE code_id = $1 AND kind = $2 AND seen_at IS NULL

-- name: MarkNotificationsOfKindSeen
UPDATE notification SET seen_at = $2 WHERE kind = $1 AND seen_at IS NULL

-- name: DeleteOldNotifications
DELETE FROM notification WHERE id IN (SELECT id FROM notification WHERE at < $1 ORDER BY at LIMIT $2)
