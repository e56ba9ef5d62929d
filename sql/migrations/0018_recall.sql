-- Taking back what went out (GATE-3, docs/decisions/0027): what was asked for, and each code and account it was done to
-- or not, so that undoing is exact. subject: the id of the code, batch or account. No names of people stand here but of
-- who did it, and no foreign keys: neither deleting an account nor a code shall wait for a recall.
CREATE TABLE recall (
    id                  TEXT   NOT NULL PRIMARY KEY,
    state               TEXT   NOT NULL,
    scope               TEXT   NOT NULL,
    subject             TEXT   NOT NULL,
    since               BIGINT NOT NULL,
    revokes_codes       BIGINT NOT NULL,
    deactivates_accounts BIGINT NOT NULL,
    reason              TEXT,
    created_by_id       TEXT,
    created_by          TEXT   NOT NULL,
    created_at          BIGINT NOT NULL,
    undone_by           TEXT,
    undone_at           BIGINT
);
CREATE INDEX recall_by_maker ON recall (created_by_id, id);

-- code_id is 0 for an account, and account_id empty for a code. spared: why it was left alone. version: the one it had
-- afterwards; with another one somebody has changed it since. undone: 'back', or why it was not brought back.
CREATE TABLE recall_item (
    recall_id  TEXT   NOT NULL,
    code_id    BIGINT NOT NULL,
    account_id TEXT   NOT NULL,
    spared     TEXT,
    version    BIGINT NOT NULL,
    undone     TEXT,
    PRIMARY KEY (recall_id, code_id, account_id)
)
--@sqlite WITHOUT ROWID
;

-- Who brought whom. It stays when the code is handed over to somebody else.
ALTER TABLE account ADD COLUMN brought_by_id TEXT REFERENCES account (id) ON DELETE SET NULL;
UPDATE account SET brought_by_id = (SELECT c.created_by_id FROM code c WHERE c.id = account.joined_with)
 WHERE joined_with IS NOT NULL;
CREATE INDEX account_by_bringer ON account (brought_by_id, id);
CREATE INDEX account_by_code ON account (joined_with, id) WHERE joined_with IS NOT NULL;
CREATE INDEX code_of_batch ON code (batch, id) WHERE batch IS NOT NULL;
