-- What is pulled from a system of people (HR-1, docs/decisions/0031): a file, and the changes that would follow from it.
-- known: how many had come from the source; unnamed: wrong rows that nobody can be told by. fingerprint: of what it
-- would change or why it failed, hashed with a key. trouble: a sentence, as JSON. No foreign keys, as with imports.
CREATE TABLE pull (
    id          TEXT   NOT NULL PRIMARY KEY,
    state       TEXT   NOT NULL,
    source      TEXT   NOT NULL,
    row_count   BIGINT NOT NULL,
    wrong       BIGINT NOT NULL,
    unnamed     BIGINT NOT NULL,
    known       BIGINT NOT NULL,
    leavers     BIGINT NOT NULL,
    changes     BIGINT NOT NULL,
    links       BIGINT NOT NULL,
    invites     BIGINT NOT NULL,
    done        BIGINT NOT NULL,
    failed      BIGINT NOT NULL,
    fingerprint TEXT,
    trouble     TEXT,
    asked_by    TEXT,
    ended_by_id TEXT,
    ended_by    TEXT,
    door        TEXT,
    address     TEXT,
    request_id  TEXT,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL,
    lease       TEXT,
    lease_until BIGINT NOT NULL
);
CREATE UNIQUE INDEX pull_fetching ON pull (state) WHERE state = 'fetching';
CREATE UNIQUE INDEX pull_applying ON pull (state) WHERE state = 'applying';

-- One person that would change, or has. sealed: what the source says and what was there, as JSON, encrypted. outcome: NULL
-- until it was done or could not be.
CREATE TABLE pull_change (
    pull_id TEXT   NOT NULL,
    place   BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    scim_id TEXT,
    sealed  TEXT   NOT NULL,
    outcome TEXT,
    reason  TEXT,
    PRIMARY KEY (pull_id, place)
);
CREATE INDEX pull_change_left ON pull_change (pull_id, place) WHERE outcome IS NULL;
CREATE INDEX pull_change_of_person ON pull_change (scim_id) WHERE scim_id IS NOT NULL;

-- What was wrong with a row.
CREATE TABLE pull_error (
    pull_id    TEXT   NOT NULL,
    row_number BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    field      TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    sentence   TEXT   NOT NULL,
    PRIMARY KEY (pull_id, row_number, place)
);

-- Who came from the source, by a keyed hash of what it calls them, and what it said when that was last applied.
CREATE TABLE pull_person (
    hash    TEXT NOT NULL PRIMARY KEY,
    scim_id TEXT NOT NULL,
    sealed  TEXT NOT NULL
);
CREATE INDEX pull_person_by_scim ON pull_person (scim_id);
