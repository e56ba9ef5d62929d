-- How often the invitation of a code was looked at (REP-3): by programs that unfurl links (previewed), by browsers that
-- opened it, and by those of them in which somebody began to fill in the form. Nobody is named. A row comes with the
-- first visit.
CREATE TABLE visit (
    code_id   BIGINT NOT NULL PRIMARY KEY REFERENCES code (id),
    previewed BIGINT NOT NULL,
    opened    BIGINT NOT NULL,
    started   BIGINT NOT NULL
)
--@sqlite WITHOUT ROWID
;

-- When somebody was last there, by session, token or log-in, within an hour. Sessions are forgotten; this is not.
ALTER TABLE account ADD COLUMN seen_at BIGINT;
UPDATE account SET seen_at = last_login_at;
