-- name: GetFact
SELECT value FROM fact WHERE key = $1

-- name: SetFact
INSERT INTO fact (key, value) VALUES ($1, $2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value

-- Whoever comes first says what it is.
-- name: SettleFact
INSERT INTO fact (key, value) VALUES ($1, $2)
ON CONFLICT (key) DO NOTHING
