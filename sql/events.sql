-- part: EventColumns
SELECT e.id, e.at, e.kind, e.code_id, e.actor_id, e.actor_name, e.subject_id, e.subject_name, e.details, e.door,
       e.address, e.request_id, CASE WHEN e.mac IS NOT NULL AND e.salt IS NULL THEN 1 ELSE 0 END
  FROM event e

-- Whether webhook w wants event e: it is of a kind that was asked for, and not about that webhook itself; but a
-- test is for the webhook that is tested, and for no other.
-- part: WebhookWants
   AND (e.kind <> 'webhook.tested' AND COALESCE(e.subject_id, '') <> w.id
        AND (w.kinds = '' OR replace(w.kinds, ' ' || e.kind || ' ', '') <> w.kinds)
        OR e.kind = 'webhook.tested' AND e.subject_id = w.id)

-- To whoever wants what was added.
-- part: DeliverAdded
INSERT INTO webhook_delivery (webhook_id, event_id, code_id, state, attempts, created_at, due_at)
SELECT w.id, e.id, e.code_id, 0, 0, e.at, e.at
  FROM webhook w
 CROSS JOIN added e
 WHERE w.disabled_at IS NULL
--@include WebhookWants

-- An event is written together with its deliveries to webhooks: on PostgreSQL in one journey, because each counts;
-- on SQLite, where there is none to make, by a second statement.
-- name: AppendEvent @sqlite
INSERT INTO event (at, kind, code_id, actor_id, actor_name, subject_id, subject_name, details, door, address, request_id, mac,
                   digest, salt, stamp)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)

-- name: FanOutEvent @sqlite
WITH added AS (
SELECT id, at, kind, code_id, subject_id FROM event WHERE id = (SELECT max(id) FROM event))
--@include DeliverAdded

-- name: AppendEvent @postgres
WITH added AS (
INSERT INTO event (at, kind, code_id, actor_id, actor_name, subject_id, subject_name, details, door, address, request_id, mac,
                   digest, salt, stamp)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
 RETURNING id, at, kind, code_id, subject_id)
--@include DeliverAdded

-- name: AppendEvents @postgres
WITH added AS (
INSERT INTO event (at, kind, code_id, actor_id, actor_name, subject_id, subject_name, details, door, address, request_id, mac,
                   digest, salt, stamp)
SELECT n.at, n.kind, NULLIF(n.code_id, 0), NULLIF(n.actor_id, ''), NULLIF(n.actor_name, ''), NULLIF(n.subject_id, ''),
       NULLIF(n.subject_name, ''), NULLIF(n.details, ''), n.door, NULLIF(n.address, ''), NULLIF(n.request_id, ''),
       n.mac, n.digest, n.salt, n.stamp
  FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS TEXT[]), CAST($3 AS BIGINT[]), CAST($4 AS TEXT[]), CAST($5 AS TEXT[]),
              CAST($6 AS TEXT[]), CAST($7 AS TEXT[]), CAST($8 AS TEXT[]), CAST($9 AS TEXT[]), CAST($10 AS TEXT[]),
              CAST($11 AS TEXT[]), CAST($12 AS TEXT[]), CAST($13 AS TEXT[]), CAST($14 AS TEXT[]), CAST($15 AS TEXT[])) WITH ORDINALITY
       AS n (at, kind, code_id, actor_id, actor_name, subject_id, subject_name, details, door, address, request_id,
             mac, digest, salt, stamp, place)
 ORDER BY n.place
 RETURNING id, at, kind, code_id, subject_id)
--@include DeliverAdded

-- name: EventsOfCode
--@include EventColumns
 WHERE e.code_id = $1
 ORDER BY e.id DESC
 LIMIT $2

-- name: LatestEvents
--@include EventColumns
 ORDER BY e.id DESC
 LIMIT $1

-- $2: a kind or the beginning of several; $3 and $4: from then and before; $5: letters in names, details, address or
-- request id; $6: how many.
-- part: EventFilter
   AND substr(e.kind, 1, length(CAST($2 AS TEXT))) = $2 AND e.at >= $3 AND e.at < $4
   AND ($5 = '' OR lower(COALESCE(e.actor_name, '')) LIKE $5 ESCAPE '\' OR lower(COALESCE(e.subject_name, '')) LIKE $5 ESCAPE '\'
        OR lower(COALESCE(e.details, '')) LIKE $5 ESCAPE '\' OR lower(COALESCE(e.address, '')) LIKE $5 ESCAPE '\'
        OR lower(COALESCE(e.request_id, '')) LIKE $5 ESCAPE '\')

-- part: OfOneCode
   AND (CAST($8 AS BIGINT) = 0 OR e.code_id = $8)

-- part: OlderEvents
 ORDER BY e.id DESC
 LIMIT $6

-- part: NewerEvents
 ORDER BY e.id
 LIMIT $6

-- name: ListEvents
--@include EventColumns
 WHERE e.id < $1
--@include EventFilter
--@include OlderEvents

-- name: ListEventsAfter
--@include EventColumns
 WHERE e.id > $1
--@include EventFilter
--@include NewerEvents

-- name: ListEventsOfCode
--@include EventColumns
 WHERE e.code_id = $7 AND e.id < $1
--@include EventFilter
--@include OlderEvents

-- name: ListEventsOfCodeAfter
--@include EventColumns
 WHERE e.code_id = $7 AND e.id > $1
--@include EventFilter
--@include NewerEvents

-- What somebody did, and what happened to them: the nearest of each are enough.
-- name: ListEventsOfPerson
--@include EventColumns
 WHERE e.id IN (SELECT x.id FROM (SELECT e.id FROM event e WHERE e.actor_id = $7 AND e.id < $1
--@include EventFilter
--@include OfOneCode
--@include OlderEvents
) AS x UNION SELECT x.id FROM (SELECT e.id FROM event e WHERE e.subject_id = $7 AND e.id < $1
--@include EventFilter
--@include OfOneCode
--@include OlderEvents
) AS x)
--@include OlderEvents

-- name: ListEventsOfPersonAfter
--@include EventColumns
 WHERE e.id IN (SELECT x.id FROM (SELECT e.id FROM event e WHERE e.actor_id = $7 AND e.id > $1
--@include EventFilter
--@include OfOneCode
--@include NewerEvents
) AS x UNION SELECT x.id FROM (SELECT e.id FROM event e WHERE e.subject_id = $7 AND e.id > $1
--@include EventFilter
--@include OfOneCode
--@include NewerEvents
) AS x)
--@include NewerEvents

-- When somebody last did something of a kind, looking at their latest deeds only.
-- name: LastDeed
SELECT d.at FROM (SELECT e.at, e.kind, e.id FROM event e WHERE e.actor_id = $1 ORDER BY e.id DESC LIMIT $3) AS d
 WHERE d.kind = $2
 ORDER BY d.id DESC
 LIMIT 1

-- part: Tailed
SELECT e.id, e.kind, e.code_id, e.actor_id, e.subject_id, c.task_group, c.created_by_id
  FROM event e
  LEFT JOIN code c ON c.id = e.code_id

-- name: TailEvents
--@include Tailed
 WHERE e.id > $1
 UNION ALL
--@include Tailed
--@sqlite    WHERE e.id IN (SELECT value FROM json_each($2))
--@postgres  WHERE e.id = ANY ($2)
 ORDER BY 1
 LIMIT $3

-- name: FindLastEventId
SELECT COALESCE(max(id), 0) FROM event
