-- Requests that are sent twice, and requests that are sent too late: what was answered to an idempotency key,
-- and by which version of an aircraft a caller knows it.

CREATE TABLE receipt (
    key_hash      TEXT   NOT NULL PRIMARY KEY,
    request_hash  TEXT   NOT NULL,
    made_at       BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL,
    -- Sealed: what was answered may hold a code or a token. NULL while the request is under way.
    answer        TEXT
);
CREATE INDEX receipt_by_age ON receipt (made_at);

ALTER TABLE aircraft ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
