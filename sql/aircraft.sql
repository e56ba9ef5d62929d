-- name: AddAircraft
INSERT INTO aircraft (id, registration, name, created_at, retired_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
RETURNING id

-- name: FindAircraftByRegistration
SELECT id, registration, name, created_at, retired_at FROM aircraft WHERE registration = $1

-- name: ListAircraft
SELECT id, registration, name, created_at, retired_at FROM aircraft ORDER BY registration

-- name: SaveAircraft
UPDATE aircraft
   SET registration = $2, name = $3, retired_at = $4
 WHERE id = $1
   AND NOT EXISTS (SELECT 1 FROM aircraft o WHERE o.id <> $1 AND o.registration = $2)
RETURNING id
