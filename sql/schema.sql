-- What the store needs for itself.

-- Touches the database, as a bare SELECT 1 would not on SQLite.
-- name: Ping
SELECT count(*) FROM schema_migration

-- One moment's state for several reads.
-- name: BeginReading @sqlite
BEGIN

-- name: EndReading @sqlite
COMMIT

-- name: CreateSchemaTable
CREATE TABLE IF NOT EXISTS schema_migration (
    number     BIGINT NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    checksum   TEXT   NOT NULL,
    applied_at BIGINT NOT NULL
)

-- name: SchemaTableExists
--@sqlite    SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'
--@postgres  SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL

-- name: TableExists
--@sqlite    SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1
--@postgres  SELECT 1 WHERE to_regclass(CAST($1 AS TEXT)) IS NOT NULL

-- name: AppliedMigrations
SELECT number, name, checksum FROM schema_migration ORDER BY number

-- name: RecordMigration
INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)

-- Two programs that start at once: the second waits here, then finds nothing left to do.
-- name: LockSchema @postgres
SELECT 1 FROM (SELECT pg_advisory_xact_lock(7310579)) AS waited

-- Changes when another connection has committed.
-- name: DataVersion @sqlite
PRAGMA data_version

-- $4: the codes it has used, for the lists; they travel with the mark, because each journey counts.
-- name: MarkCommit @postgres
WITH unsettled AS (INSERT INTO unsettled_code (code_id) SELECT used.id FROM unnest(CAST($4 AS BIGINT[])) AS used (id))
INSERT INTO commit_marker (node, batch, marked_at) VALUES ($1, $2, $3)
ON CONFLICT (node) DO UPDATE SET batch = excluded.batch, marked_at = excluded.marked_at

-- Waits while that commit is still under way.
-- name: FindCommitMarker @postgres
SELECT batch FROM commit_marker WHERE node = $1 FOR UPDATE

-- name: RemoveOldCommitMarkers @postgres
DELETE FROM commit_marker WHERE marked_at < $1
