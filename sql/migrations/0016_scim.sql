-- People as a directory knows them (HR-1, docs/decisions/0025): invited with a code of their own at first, and an
-- account after; the id stays. display_name is told while they are invited. sealed: what the directory says of them that
-- is kept nowhere else, as JSON, encrypted. Of a deleted one nothing stays but its id and whose it was.
-- No foreign keys: neither deleting an account nor making a code shall wait for a directory.
CREATE TABLE scim_user (
    id            TEXT   NOT NULL PRIMARY KEY,
    user_name     TEXT,
    user_name_key TEXT,
    external_id   TEXT,
    display_name  TEXT,
    code_id       BIGINT,
    account_id    TEXT,
    sealed        TEXT,
    version       BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    deleted_at    BIGINT
);
CREATE UNIQUE INDEX scim_user_by_name ON scim_user (user_name_key) WHERE deleted_at IS NULL;
CREATE INDEX scim_user_by_external_id ON scim_user (external_id) WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX scim_user_by_display_name ON scim_user (display_name) WHERE account_id IS NULL AND deleted_at IS NULL;
CREATE INDEX scim_user_of_account ON scim_user (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX scim_user_of_code ON scim_user (code_id) WHERE code_id IS NOT NULL;
CREATE INDEX account_by_name ON account (name) WHERE name <> '';
