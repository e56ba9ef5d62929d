-- name: AddAircraft
INSERT INTO aircraft (id, registration, name, created_at, retired_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
RETURNING id

-- name: FindAircraftByRegistration
SELECT id, registration, name, created_at, retired_at, version FROM aircraft WHERE registration = $1

-- name: ListAircraft
SELECT id, registration, name, created_at, retired_at, version FROM aircraft ORDER BY registration

-- name: SaveAircraft
UPDATE aircraft
   SET registration = $2, name = $3, retired_at = $4, version = version + 1
 WHERE id = $1 AND version = $5
   AND NOT EXISTS (SELECT 1 FROM aircraft o WHERE o.id <> $1 AND o.registration = $2)
RETURNING id

-- name: DeleteAircraft
DELETE FROM aircraft
 WHERE id = $1
   AND NOT EXISTS (SELECT 1 FROM account_aircraft held WHERE held.aircraft_id = $1)
   AND NOT EXISTS (SELECT 1 FROM code_aircraft granted WHERE granted.aircraft_id = $1)
   AND NOT EXISTS (SELECT 1 FROM template_aircraft offered WHERE offered.aircraft_id = $1)

-- name: CountAircraftHolders
SELECT aircraft_id, count(*) FROM account_aircraft GROUP BY aircraft_id

-- name: AircraftHolders
SELECT p.id, p.username, p.name, held.role,
       CASE WHEN p.deactivated_at IS NULL AND (p.ends_at IS NULL OR p.ends_at > $4) THEN 1 ELSE 0 END, held.granted_at
  FROM account_aircraft held JOIN account p ON p.id = held.account_id
 WHERE held.aircraft_id = $1 AND p.username_key > $2
 ORDER BY p.username_key
 LIMIT $3

-- name: AircraftGrantingCodes
SELECT c.id, granted.role
  FROM code_aircraft granted JOIN code c ON c.id = granted.code_id
 WHERE granted.aircraft_id = $1 AND c.deleted_at IS NULL AND c.deactivated_at IS NULL
 ORDER BY c.id DESC
 LIMIT $2
