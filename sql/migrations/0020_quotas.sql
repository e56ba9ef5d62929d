-- What one person may have outstanding (docs/decisions/0029). NULL: as configured; 0: any number.
ALTER TABLE account ADD COLUMN quota_codes BIGINT;
ALTER TABLE account ADD COLUMN quota_uses BIGINT;
