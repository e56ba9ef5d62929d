-- Counters of what happened, and what they do not count yet (migrations/0009_reports.sql). A quarter is a number of
-- quarters of an hour since 1970.

-- part: Uses
SELECT r.redeemed_at / 900000 AS quarter, CASE WHEN r.application = '' THEN 'joined' ELSE 'redeemed' END AS kind,
       '' AS reason, r.role AS role, r.task_group AS task_group, COALESCE(c.created_by_id, '') AS creator_id,
       c.created_by AS creator
  FROM redemption r
  JOIN code c ON c.id = r.code_id

-- Of a code that nobody knows there is no role, task group or creator.
-- part: OtherEvents
SELECT e.at / 900000 AS quarter, CASE WHEN e.kind = 'code.created' THEN 'created' ELSE 'refused' END AS kind,
--@sqlite         CASE WHEN e.kind = 'code.created' THEN '' ELSE COALESCE(json_extract(e.details, '$.reason'), '') END AS reason,
--@postgres         CASE WHEN e.kind = 'code.created' THEN '' ELSE COALESCE(CAST(e.details AS json) ->> 'reason', '') END AS reason,
       COALESCE(c.role, '') AS role, COALESCE(c.task_group, '') AS task_group,
       COALESCE(c.created_by_id, '') AS creator_id, COALESCE(c.created_by, '') AS creator
  FROM event e
  LEFT JOIN code c ON c.id = e.code_id
 WHERE e.kind IN ('code.created', 'registration.refused')

-- part: CountNew
SELECT n.quarter, n.kind, n.reason, n.role, n.task_group, n.creator_id, n.creator, count(*)

-- part: OfEachKind
 GROUP BY n.quarter, n.kind, n.reason, n.role, n.task_group, n.creator_id, n.creator

-- name: CountUsesBetween
--@include CountNew
  FROM (
--@include Uses
 WHERE r.id > $1 AND r.id <= $2) AS n
--@include OfEachKind

-- name: CountEventsBetween
--@include CountNew
  FROM (
--@include OtherEvents
   AND e.id > $1 AND e.id <= $2) AS n
--@include OfEachKind

-- Two nodes that count at once would count twice.
-- name: LockCounting @postgres
SELECT CASE WHEN pg_try_advisory_xact_lock(7310581) THEN 1 ELSE 0 END

-- name: FindTallyPositions
SELECT p.source, p.counted, p.fence, p.waits_for,
       CASE WHEN p.source = 'event' THEN (SELECT COALESCE(max(id), 0) FROM event)
            ELSE (SELECT COALESCE(max(id), 0) FROM redemption) END
  FROM tally_position p
 ORDER BY p.source DESC

-- name: MoveTallyPosition
UPDATE tally_position SET counted = $2, fence = $3, waits_for = $4 WHERE source = $1

-- name: FindTalliesOfDays
SELECT whose, day, kind, reason, role, task_group, creator_id, creator, count, quarters FROM tally
--@sqlite    WHERE whose IN (0, 1, 2, 3) AND day IN (SELECT value FROM json_each($1))
--@postgres  WHERE whose IN (0, 1, 2, 3) AND day = ANY ($1)

-- name: PutTally
INSERT INTO tally (whose, day, kind, reason, role, task_group, creator_id, creator, count, quarters)
--@sqlite    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
--@postgres  SELECT n.whose, n.day, n.kind, n.reason, n.role, n.task_group, n.creator_id, n.creator, n.count, n.quarters
--@postgres    FROM unnest(CAST($1 AS BIGINT[]), CAST($2 AS BIGINT[]), CAST($3 AS TEXT[]), CAST($4 AS TEXT[]),
--@postgres                CAST($5 AS TEXT[]), CAST($6 AS TEXT[]), CAST($7 AS TEXT[]), CAST($8 AS TEXT[]),
--@postgres                CAST($9 AS BIGINT[]), CAST($10 AS TEXT[]))
--@postgres      AS n (whose, day, kind, reason, role, task_group, creator_id, creator, count, quarters)
ON CONFLICT (whose, day, kind, reason, task_group, role, creator_id, creator)
DO UPDATE SET count = excluded.count, quarters = excluded.quarters

-- Reading: one statement sees the counters, how far they go ($1 and $2 are what we believe; the first row says), and
-- what came after. The bounds are parameters, not subqueries: PostgreSQL would not know how few rows lie beyond them.
-- part: Positions
SELECT 0 AS what, (SELECT counted FROM tally_position WHERE source = 'redemption') AS day,
       (SELECT counted FROM tally_position WHERE source = 'event') AS count,
       '' AS kind, '' AS reason, '' AS role, '' AS task_group, '' AS creator, '' AS quarters

-- part: Beyond
SELECT 2, n.quarter, count(*), n.kind, n.reason, n.role, n.task_group, n.creator, ''
  FROM (
--@include Uses
 WHERE r.id > $1
 UNION ALL
--@include OtherEvents
   AND e.id > $2) AS n
 WHERE n.quarter >= CAST($3 AS BIGINT) AND n.quarter < CAST($4 AS BIGINT)
   AND (CAST($5 AS BIGINT) = 1 OR (n.task_group = $6 AND n.task_group <> '') OR (n.creator_id = $7 AND n.creator_id <> ''))
 GROUP BY n.quarter, n.kind, n.reason, n.role, n.task_group, n.creator

-- What happened in each quarter: $3 and $4 are quarters. Whole days are read; the reader leaves out the rest.
-- name: TalliedQuarters
--@include Positions
UNION ALL
SELECT 1, t.day, t.count, t.kind, t.reason, '', '', '', t.quarters
  FROM tally t WHERE CAST($5 AS BIGINT) = 1 AND t.whose = 0 AND t.day >= CAST($3 AS BIGINT) / 96 AND t.day <= CAST($4 AS BIGINT) / 96
UNION ALL
SELECT 1, t.day, t.count, t.kind, t.reason, '', '', '', t.quarters
  FROM tally t WHERE CAST($5 AS BIGINT) = 0 AND t.whose = 1 AND t.day >= CAST($3 AS BIGINT) / 96 AND t.day <= CAST($4 AS BIGINT) / 96 AND t.task_group = $6
UNION ALL
SELECT 1, t.day, t.count, t.kind, t.reason, '', '', '', t.quarters
  FROM tally t
 WHERE CAST($5 AS BIGINT) = 0 AND t.whose = 2 AND t.day >= CAST($3 AS BIGINT) / 96 AND t.day <= CAST($4 AS BIGINT) / 96 AND t.task_group <> $6 AND t.creator_id = $7
   AND t.creator_id <> ''
UNION ALL
--@include Beyond

-- What happened by role and task group: of days that lie within wholly, the sums.
-- name: TalliedShares
--@include Positions
UNION ALL
SELECT 3, 0, CAST(sum(t.count) AS BIGINT), t.kind, '', t.role, t.task_group, '', ''
  FROM tally t
 WHERE t.whose = 1 AND t.day > CAST($3 AS BIGINT) / 96 AND t.day < CAST($4 AS BIGINT) / 96 AND (CAST($5 AS BIGINT) = 1 OR t.task_group = $6)
 GROUP BY t.kind, t.role, t.task_group
UNION ALL
SELECT 1, t.day, t.count, t.kind, '', t.role, t.task_group, '', t.quarters
  FROM tally t
 WHERE t.whose = 1 AND t.day IN (CAST($3 AS BIGINT) / 96, CAST($4 AS BIGINT) / 96) AND (CAST($5 AS BIGINT) = 1 OR t.task_group = $6)
UNION ALL
SELECT 1, t.day, t.count, t.kind, '', t.role, t.task_group, '', t.quarters
  FROM tally t
 WHERE CAST($5 AS BIGINT) = 0 AND t.whose = 2 AND t.day >= CAST($3 AS BIGINT) / 96 AND t.day <= CAST($4 AS BIGINT) / 96 AND t.task_group <> $6 AND t.creator_id = $7
   AND t.creator_id <> ''
UNION ALL
--@include Beyond

-- What happened with the codes of each creator.
-- name: TalliedCreators
--@include Positions
UNION ALL
SELECT 3, 0, CAST(sum(t.count) AS BIGINT), t.kind, '', '', '', t.creator, ''
  FROM tally t
 WHERE CAST($5 AS BIGINT) = 1 AND t.whose = 3 AND t.day > CAST($3 AS BIGINT) / 96 AND t.day < CAST($4 AS BIGINT) / 96
 GROUP BY t.kind, t.creator
UNION ALL
SELECT 1, t.day, t.count, t.kind, '', '', '', t.creator, t.quarters
  FROM tally t WHERE CAST($5 AS BIGINT) = 1 AND t.whose = 3 AND t.day IN (CAST($3 AS BIGINT) / 96, CAST($4 AS BIGINT) / 96)
UNION ALL
SELECT 1, t.day, t.count, t.kind, '', '', '', t.creator, t.quarters
  FROM tally t
 WHERE CAST($5 AS BIGINT) = 0 AND t.whose = 2 AND t.day >= CAST($3 AS BIGINT) / 96 AND t.day <= CAST($4 AS BIGINT) / 96
   AND (t.task_group = $6 OR (t.creator_id = $7 AND t.creator_id <> ''))
UNION ALL
--@include Beyond

-- part: CreatorsShelves
SELECT s.creator, s.status, s.codes, s.used, s.task_group, s.creator_id FROM shelf s WHERE s.whose = 1
 UNION ALL
SELECT s.creator, s.status, x.codes, x.used, s.task_group, s.creator_id
  FROM shelf_change x JOIN shelf s ON s.id = x.shelf WHERE s.whose = 1

-- name: CodesOfCreators
SELECT h.creator, h.status, CAST(sum(h.codes) AS BIGINT), CAST(sum(h.used) AS BIGINT)
  FROM (
--@include CreatorsShelves
       ) AS h
 WHERE CAST($1 AS BIGINT) = 1 OR h.task_group = $2 OR (h.creator_id = $3 AND h.creator_id <> '')
 GROUP BY h.creator, h.status

-- name: CountExpiring
SELECT count(*) FROM (
    SELECT 1 FROM shelved_code
--@sqlite    WHERE shelf IN (SELECT value FROM json_each($1))
--@postgres  WHERE shelf = ANY ($1)
       AND expires_at > $2 AND expires_at <= $3 LIMIT $4) AS few
