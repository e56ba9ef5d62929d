-- The audit log can prove that it is whole (AUD-2, docs/decisions/0017).

-- mac: a keyed hash over what of an event never changes, written by the statement that appends it. Of what may be
-- erased with a person (names, details, address) it holds only `digest`, a keyed hash that is salted with `salt`.
-- stamp: which process wrote it, and its how manieth it was; so nothing that was written once is there twice.
-- Events from before this have none; they are given theirs when they are linked.
ALTER TABLE event ADD COLUMN mac TEXT;
ALTER TABLE event ADD COLUMN digest TEXT;
ALTER TABLE event ADD COLUMN salt TEXT;
ALTER TABLE event ADD COLUMN stamp TEXT;

-- What somebody did, and what happened to them.
CREATE INDEX event_of_actor ON event (actor_id, id) WHERE actor_id IS NOT NULL;
CREATE INDEX event_of_subject ON event (subject_id, id) WHERE subject_id IS NOT NULL;

-- The chain: events in the order of their ids, each sealed over the seal before it. mac is the event's own.
CREATE TABLE audit_link (
--@sqlite    position INTEGER PRIMARY KEY CHECK (position > 0),
--@postgres    position BIGINT NOT NULL PRIMARY KEY CHECK (position > 0),
    event_id BIGINT NOT NULL UNIQUE,
    mac      TEXT   NOT NULL,
    seal     TEXT   NOT NULL
);

-- How far events are linked; fence and waits_for as in tally_position. Events up to `origin` are older than the
-- chain; origin_seal says that this number is ours.
CREATE TABLE audit_position (
    id          BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    linked      BIGINT NOT NULL DEFAULT 0,
    fence       BIGINT NOT NULL DEFAULT 0,
    waits_for   TEXT   NOT NULL DEFAULT '',
    origin      BIGINT NOT NULL,
    origin_seal TEXT
);
INSERT INTO audit_position (id, origin) SELECT 1, COALESCE(max(id), 0) FROM event;

-- Nothing is taken out of the log, and nothing in it is changed; but an old event is given its mac, and a person can
-- be erased from an event.
--@sqlite CREATE TRIGGER event_stays BEFORE DELETE ON event
--@sqlite BEGIN
--@sqlite     SELECT RAISE(ABORT, 'the audit log is only ever added to');
--@sqlite END;
--@sqlite CREATE TRIGGER event_is_as_it_was BEFORE UPDATE ON event
--@sqlite WHEN NOT (NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.kind = OLD.kind AND NEW.door = OLD.door
--@sqlite           AND NEW.code_id IS OLD.code_id AND NEW.actor_id IS OLD.actor_id AND NEW.subject_id IS OLD.subject_id
--@sqlite           AND NEW.request_id IS OLD.request_id
--@sqlite           AND (OLD.mac IS NULL AND NEW.actor_name IS OLD.actor_name AND NEW.subject_name IS OLD.subject_name
--@sqlite                AND NEW.details IS OLD.details AND NEW.address IS OLD.address
--@sqlite                OR OLD.mac IS NOT NULL AND NEW.mac IS OLD.mac AND NEW.digest IS OLD.digest AND NEW.stamp IS OLD.stamp
--@sqlite                AND NEW.salt IS NULL
--@sqlite                AND NEW.actor_name IS NULL AND NEW.subject_name IS NULL AND NEW.details IS NULL AND NEW.address IS NULL))
--@sqlite BEGIN
--@sqlite     SELECT RAISE(ABORT, 'the audit log is only ever added to');
--@sqlite END;
--@sqlite CREATE TRIGGER audit_link_stays BEFORE DELETE ON audit_link
--@sqlite BEGIN
--@sqlite     SELECT RAISE(ABORT, 'the audit log is only ever added to');
--@sqlite END;
--@sqlite CREATE TRIGGER audit_link_is_as_it_was BEFORE UPDATE ON audit_link
--@sqlite BEGIN
--@sqlite     SELECT RAISE(ABORT, 'the audit log is only ever added to');
--@sqlite END;
--@postgres CREATE FUNCTION refuse_to_change_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS $refuse$
--@postgres BEGIN
--@postgres     RAISE EXCEPTION 'the audit log is only ever added to';
--@postgres END $refuse$;
--@postgres CREATE TRIGGER event_stays BEFORE DELETE ON event
--@postgres     FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit_log();
--@postgres CREATE TRIGGER event_is_not_emptied BEFORE TRUNCATE ON event
--@postgres     FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_log();
--@postgres CREATE TRIGGER event_is_as_it_was BEFORE UPDATE ON event FOR EACH ROW
--@postgres WHEN (NOT (NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.kind = OLD.kind AND NEW.door = OLD.door
--@postgres            AND NEW.code_id IS NOT DISTINCT FROM OLD.code_id AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id
--@postgres            AND NEW.subject_id IS NOT DISTINCT FROM OLD.subject_id
--@postgres            AND NEW.request_id IS NOT DISTINCT FROM OLD.request_id
--@postgres            AND (OLD.mac IS NULL AND NEW.actor_name IS NOT DISTINCT FROM OLD.actor_name
--@postgres                 AND NEW.subject_name IS NOT DISTINCT FROM OLD.subject_name
--@postgres                 AND NEW.details IS NOT DISTINCT FROM OLD.details
--@postgres                 AND NEW.address IS NOT DISTINCT FROM OLD.address
--@postgres                 OR OLD.mac IS NOT NULL AND NEW.mac IS NOT DISTINCT FROM OLD.mac
--@postgres                 AND NEW.digest IS NOT DISTINCT FROM OLD.digest AND NEW.stamp IS NOT DISTINCT FROM OLD.stamp
--@postgres                 AND NEW.salt IS NULL
--@postgres                 AND NEW.actor_name IS NULL AND NEW.subject_name IS NULL AND NEW.details IS NULL
--@postgres                 AND NEW.address IS NULL)))
--@postgres     EXECUTE FUNCTION refuse_to_change_the_audit_log();
--@postgres CREATE TRIGGER audit_link_stays BEFORE DELETE OR UPDATE ON audit_link
--@postgres     FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit_log();
--@postgres CREATE TRIGGER audit_link_is_not_emptied BEFORE TRUNCATE ON audit_link
--@postgres     FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_log();
