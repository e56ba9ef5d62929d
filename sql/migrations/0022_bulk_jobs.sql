-- Many codes changed at once (ADM-2, docs/decisions/0030). edit: what shall change, as JSON and sealed, for it holds
-- notes. reached: the last code that was looked at, or put back. trouble: a sentence, as JSON. No foreign keys: neither
-- deleting an account nor a code shall wait for a job.
CREATE TABLE bulk_job (
    id             TEXT   NOT NULL PRIMARY KEY,
    state          TEXT   NOT NULL,
    action         TEXT   NOT NULL,
    edit           TEXT,
    chosen         BIGINT NOT NULL,
    reached        BIGINT NOT NULL,
    looked_at      BIGINT NOT NULL,
    changed        BIGINT NOT NULL,
    people         BIGINT NOT NULL,
    brought_back   BIGINT NOT NULL,
    kept           BIGINT NOT NULL,
    trouble        TEXT,
    created_by_id  TEXT,
    created_by     TEXT   NOT NULL,
    ended_by_id    TEXT,
    ended_by       TEXT,
    door           TEXT   NOT NULL,
    address        TEXT   NOT NULL,
    request_id     TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    lease          TEXT,
    lease_until    BIGINT NOT NULL
);
CREATE INDEX bulk_job_by_maker ON bulk_job (created_by_id, id);
CREATE INDEX bulk_job_due ON bulk_job (lease_until) WHERE state IN ('running', 'undoing');

-- Each code that was chosen. version: the one it had afterwards, 0 while it was not changed; with another one somebody
-- has changed it since. before: of an edit what stood there, as JSON and sealed. reason and sentence: why it was left
-- alone, or not put back.
CREATE TABLE bulk_job_code (
    job_id      TEXT   NOT NULL,
    code_id     BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    before      TEXT,
    reason      TEXT,
    sentence    TEXT,
    PRIMARY KEY (job_id, code_id)
)
--@sqlite WITHOUT ROWID
;
CREATE INDEX bulk_job_code_left ON bulk_job_code (job_id, code_id) WHERE reason IS NOT NULL;
