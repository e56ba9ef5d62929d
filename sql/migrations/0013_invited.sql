-- Who was invited already is asked of each address of a list.
CREATE INDEX code_of_address ON code (lower(email)) WHERE email IS NOT NULL AND deleted_at IS NULL;
