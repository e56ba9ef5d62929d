-- One living link for each account: its key is the account's id.
CREATE TABLE password_reset (
    account_id TEXT   NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    token_hash TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    created_by TEXT   NOT NULL
);

-- Who joined in a stretch of time.
CREATE INDEX account_by_joining ON account (joined_at);
