-- Wrong guesses of codes and passwords, counted for all nodes together and over a restart. One number for each
-- bucket: when it will be full again. Rows that are full already are of no use and go.

CREATE TABLE shared_bucket (
    bucket     TEXT   NOT NULL PRIMARY KEY,
    full_at    BIGINT NOT NULL,
    drained_at BIGINT NOT NULL
);
CREATE INDEX shared_bucket_by_drain ON shared_bucket (drained_at);
