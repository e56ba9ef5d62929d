-- part: ImportColumns
SELECT i.id, i.state, i.ending, i.content_hash, i.mode, i.again, i.label_required, i.map, i.row_count, i.looked_at, i.created,
       i.refused, i.repeated, i.undone, i.trouble, i.created_by_id, i.created_by, i.door, i.address, i.request_id,
       i.created_at, i.updated_at, i.ended_by_id, i.ended_by
  FROM import i

-- name: AddImport
INSERT INTO import (id, state, ending, content_hash, mode, again, label_required, map, row_count, looked_at, created,
                    refused, repeated, undone, trouble, created_by_id, created_by, door, address, request_id,
                    created_at, updated_at, lease_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 0)

-- What its making does not settle.
-- name: SaveImport
UPDATE import
   SET state = $2, ending = $3, content_hash = $4, mode = $5, again = $6, label_required = $7, map = $8, row_count = $9,
       looked_at = $10, created = $11, refused = $12, repeated = $13, undone = $14, trouble = $15, updated_at = $16, ended_by_id = $17,
       ended_by = $18, door = $19, address = $20, request_id = $21
 WHERE id = $1

-- name: FindImport
--@include ImportColumns
 WHERE i.id = $1

-- name: LockImport @postgres
SELECT id FROM import WHERE id = $1 FOR NO KEY UPDATE

-- Of the same file, read in the same way: the latest that was not taken back.
-- name: FindSameImport
--@include ImportColumns
 WHERE i.content_hash = $1 AND i.state IN ('running', 'done')
 ORDER BY i.id DESC
 LIMIT 1

-- name: ListImports
--@include ImportColumns
 WHERE i.state <> 'draft' AND (CAST($1 AS TEXT) IS NULL OR i.created_by_id = $1)
 ORDER BY i.id DESC
 LIMIT $2

-- name: ListDueImports
SELECT i.id FROM import i WHERE i.state IN ('running', 'undoing') AND i.lease_until <= $1 ORDER BY i.id LIMIT 10

-- name: ClaimImport
UPDATE import SET lease = $2, lease_until = $4
 WHERE id = $1 AND state IN ('running', 'undoing') AND (lease_until <= $3 OR lease = $2)
RETURNING id

-- name: ReleaseImport
UPDATE import SET lease_until = 0 WHERE id = $1 AND lease = $2

-- name: DeleteImport
DELETE FROM import WHERE id = $1

-- name: ListOldDrafts
SELECT id FROM import WHERE state = 'draft' AND created_at < $1 ORDER BY created_at LIMIT $2

-- Of one person, but for the newest.
-- name: ListSurplusDrafts
SELECT id FROM import WHERE state = 'draft' AND created_by_id = $1 ORDER BY id DESC LIMIT 50 OFFSET $2

-- name: AddImportPiece
INSERT INTO import_piece (import_id, place, sealed) VALUES ($1, $2, $3)

-- name: FindImportPiece
SELECT sealed FROM import_piece WHERE import_id = $1 AND place = $2

-- name: DeleteImportPieces
DELETE FROM import_piece WHERE import_id = $1

-- name: AddImportError
INSERT INTO import_error (import_id, row_number, place, field, reason, sentence) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (import_id, row_number, place) DO NOTHING

-- Beyond a row and a place in it.
-- name: ListImportErrors
SELECT row_number, place, field, reason, sentence FROM import_error
 WHERE import_id = $1 AND (row_number > $2 OR (row_number = $2 AND place > $3))
 ORDER BY row_number, place
 LIMIT $4

-- name: DeleteImportErrors
DELETE FROM import_error WHERE import_id = $1

-- name: KnownImportRows
SELECT DISTINCT r.hash FROM import_row r
--@sqlite    WHERE r.hash IN (SELECT value FROM json_each($1))
--@postgres  WHERE r.hash = ANY (CAST($1 AS TEXT[]))

-- name: AddImportRows
INSERT INTO import_row (hash, import_id)
--@sqlite    SELECT value, $2 FROM json_each($1) WHERE true
--@postgres  SELECT n.hash, $2 FROM unnest(CAST($1 AS TEXT[])) AS n (hash)
ON CONFLICT (hash, import_id) DO NOTHING

-- name: ForgetImportRows
DELETE FROM import_row WHERE import_id = $1
