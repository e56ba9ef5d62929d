-- Pages of lists: from each shelf the first few beyond a place, in order. Pages are cut at (value, id), never after
-- a number of rows. PostgreSQL is asked for all shelves at once, SQLite for one after another.

-- part: EachShelf
--@postgres SELECT f.shelf, f.code_id, f.place FROM unnest(CAST($1 AS BIGINT[])) AS w (shelf) CROSS JOIN LATERAL (

-- part: OfShelf
--@sqlite  WHERE l.shelf = $1
--@postgres  WHERE l.shelf = w.shelf

-- part: EachShelfEnd
--@postgres ) AS f

-- name: ShelfIdUp
--@include EachShelf
SELECT l.shelf, l.code_id, l.code_id AS place FROM shelved_code l
--@include OfShelf
   AND l.code_id > $2 ORDER BY l.code_id LIMIT $3
--@include EachShelfEnd

-- name: ShelfIdDown
--@include EachShelf
SELECT l.shelf, l.code_id, l.code_id AS place FROM shelved_code l
--@include OfShelf
   AND l.code_id < $2 ORDER BY l.code_id DESC LIMIT $3
--@include EachShelfEnd

-- name: ShelfExpiryUp
--@include EachShelf
SELECT l.shelf, l.code_id, l.expires_at AS place FROM shelved_code l
--@include OfShelf
   AND (l.expires_at, l.code_id) > ($2, $3) ORDER BY l.expires_at, l.code_id LIMIT $4
--@include EachShelfEnd

-- name: ShelfExpiryDown
--@include EachShelf
SELECT l.shelf, l.code_id, l.expires_at AS place FROM shelved_code l
--@include OfShelf
   AND (l.expires_at, l.code_id) < ($2, $3) ORDER BY l.expires_at DESC, l.code_id DESC LIMIT $4
--@include EachShelfEnd

-- name: ShelfUsesUp
--@include EachShelf
SELECT l.shelf, l.code_id, l.uses AS place FROM shelved_code l
--@include OfShelf
   AND (l.uses, l.code_id) > ($2, $3) ORDER BY l.uses, l.code_id LIMIT $4
--@include EachShelfEnd

-- name: ShelfUsesDown
--@include EachShelf
SELECT l.shelf, l.code_id, l.uses AS place FROM shelved_code l
--@include OfShelf
   AND (l.uses, l.code_id) < ($2, $3) ORDER BY l.uses DESC, l.code_id DESC LIMIT $4
--@include EachShelfEnd

-- name: ShelfLastUseUp
--@include EachShelf
SELECT l.shelf, l.code_id, l.last_used_at AS place FROM shelved_code l
--@include OfShelf
   AND (l.last_used_at, l.code_id) > ($2, $3) ORDER BY l.last_used_at, l.code_id LIMIT $4
--@include EachShelfEnd

-- name: ShelfLastUseDown
--@include EachShelf
SELECT l.shelf, l.code_id, l.last_used_at AS place FROM shelved_code l
--@include OfShelf
   AND (l.last_used_at, l.code_id) < ($2, $3) ORDER BY l.last_used_at DESC, l.code_id DESC LIMIT $4
--@include EachShelfEnd

-- name: ShelfLabelUp
--@include EachShelf
SELECT l.shelf, l.code_id, l.label AS place FROM shelved_code l
--@include OfShelf
   AND (l.label, l.code_id) > ($2, $3) ORDER BY l.label, l.code_id LIMIT $4
--@include EachShelfEnd

-- name: ShelfLabelDown
--@include EachShelf
SELECT l.shelf, l.code_id, l.label AS place FROM shelved_code l
--@include OfShelf
   AND (l.label, l.code_id) < ($2, $3) ORDER BY l.label DESC, l.code_id DESC LIMIT $4
--@include EachShelfEnd

-- name: FindCodesByIds
--@include CodeColumns
  FROM code c
--@sqlite    WHERE c.id IN (SELECT value FROM json_each($1))
--@postgres  WHERE c.id = ANY ($1)

-- Where the finds of a search stand: on everybody's shelves ($2 = 0), or on their creators' too (1).
-- name: FindShelved
SELECT l.shelf, l.code_id, l.expires_at, l.uses, l.last_used_at, l.label FROM shelved_code l
--@sqlite    WHERE l.code_id IN (SELECT value FROM json_each($1)) AND l.whose <= $2
--@postgres  WHERE l.code_id = ANY ($1) AND l.whose <= $2
