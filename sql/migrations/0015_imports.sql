-- Files of codes (BULK-2). An import is also the batch of the codes it made. content_hash: the file, how its columns
-- were read and for what, hashed with a key. undone and created count codes; the others rows. trouble: a sentence, as
-- JSON. No foreign keys: neither deleting an account nor making a code shall wait for an import.
CREATE TABLE import (
    id             TEXT   NOT NULL PRIMARY KEY,
    state          TEXT   NOT NULL,
    ending         TEXT   NOT NULL,
    content_hash   TEXT   NOT NULL,
    mode           TEXT   NOT NULL,
    again          BIGINT NOT NULL,
    label_required BIGINT NOT NULL,
    map            TEXT   NOT NULL,
    row_count      BIGINT NOT NULL,
    looked_at      BIGINT NOT NULL,
    created        BIGINT NOT NULL,
    refused        BIGINT NOT NULL,
    repeated       BIGINT NOT NULL,
    undone         BIGINT NOT NULL,
    trouble        TEXT,
    created_by_id  TEXT,
    created_by     TEXT   NOT NULL,
    door           TEXT   NOT NULL,
    address        TEXT   NOT NULL,
    request_id     TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    lease          TEXT,
    lease_until    BIGINT NOT NULL
);
CREATE INDEX import_by_content ON import (content_hash);
CREATE INDEX import_by_maker ON import (created_by_id, id);
CREATE INDEX import_due ON import (lease_until) WHERE state IN ('running', 'undoing');

-- The file while it is needed, sealed: it holds names and addresses.
CREATE TABLE import_piece (
    import_id TEXT   NOT NULL,
    place     BIGINT NOT NULL,
    sealed    TEXT   NOT NULL,
    PRIMARY KEY (import_id, place)
);

-- What was wrong with a row. sentence: as JSON, so that it can be said in another language.
CREATE TABLE import_error (
    import_id  TEXT   NOT NULL,
    row_number BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    field      TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    sentence   TEXT   NOT NULL,
    PRIMARY KEY (import_id, row_number, place)
);

-- Rows that became codes, hashed with a key, so that a mended file makes only what is missing.
CREATE TABLE import_row (
    hash      TEXT NOT NULL,
    import_id TEXT NOT NULL,
    PRIMARY KEY (hash, import_id)
);
CREATE INDEX import_row_of_import ON import_row (import_id);
