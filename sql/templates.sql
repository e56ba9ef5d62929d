-- part: TemplateColumns
SELECT t.id, t.name, t.description, t.role, t.task_group, t.max_uses, t.expires_days, t.account_days, t.label, t.notes,
       t.welcome, t.email_domains, t.tags, t.created_by_id, t.created_by, t.created_at, t.updated_at, t.version
--@sqlite       , (SELECT group_concat(held.aircraft_id || char(9) || a.registration || char(9) || held.role, char(10))
--@postgres     , (SELECT string_agg(held.aircraft_id || chr(9) || a.registration || chr(9) || held.role, chr(10))
            FROM template_aircraft held JOIN aircraft a ON a.id = held.aircraft_id WHERE held.template_id = t.id)
  FROM template t

-- name: AddTemplate
INSERT INTO template (name_key, name, description, role, task_group, max_uses, expires_days, account_days, label, notes,
                      welcome, email_domains, tags, created_by_id, created_by, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)
ON CONFLICT (name_key) DO NOTHING
RETURNING id

-- name: SaveTemplate
UPDATE template
   SET name_key = $1, name = $2, description = $3, role = $4, task_group = $5, max_uses = $6, expires_days = $7,
       account_days = $8, label = $9, notes = $10, welcome = $11, email_domains = $12, tags = $13, updated_at = $14,
       version = version + 1
 WHERE id = $15 AND version = $16
   AND NOT EXISTS (SELECT 1 FROM template o WHERE o.id <> $15 AND o.name_key = $1)
RETURNING id

-- name: AddTemplateAircraft
INSERT INTO template_aircraft (template_id, aircraft_id, role) VALUES ($1, $2, $3)

-- name: RemoveTemplateAircraft
DELETE FROM template_aircraft WHERE template_id = $1

-- name: DeleteTemplate
DELETE FROM template WHERE id = $1

-- name: FindTemplate
--@include TemplateColumns
 WHERE t.id = $1

-- name: FindTemplateByName
--@include TemplateColumns
 WHERE t.name_key = $1

-- name: ListTemplates
--@include TemplateColumns
 ORDER BY t.name_key

-- Living codes, no further than anybody would count.
-- name: CountTemplateCodes
SELECT t.id, (SELECT count(*) FROM (SELECT 1 FROM code_tag m WHERE m.tag = CAST($1 AS TEXT) || t.name LIMIT $2) AS few)
  FROM template t
