-- Where ids become visible in another order than they were given (docs/decisions/0016).

-- Whoever adds a row holds this lock from before its number is given until its transaction has ended, and it is seen
-- as ended before the lock goes.
-- name: WritersOf @postgres
SELECT DISTINCT virtualtransaction FROM pg_locks
 WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND relation = to_regclass(CAST($1 AS TEXT))
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND pid <> pg_backend_pid()

-- name: IsAnyStillWriting @postgres
SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_locks WHERE virtualtransaction = ANY (CAST($1 AS TEXT[]))
                            AND locktype = 'relation' AND mode = 'RowExclusiveLock')
            THEN 1 ELSE 0 END
