-- A booking that lives has an audit entry for each of its versions, and every one of its uses is
-- covered by its own occupancies. Deferred: the transaction may write them in any order.
CREATE OR REPLACE FUNCTION check_booking_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM audit_entries WHERE subject_id = NEW.id) < NEW.version THEN
    RAISE EXCEPTION 'booking % changed without an audit entry', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_have_trail';
  END IF;
  IF NEW.state IN ('held', 'requested', 'approved') AND EXISTS (
    SELECT FROM booking_uses used
    JOIN configuration_cells part ON part.configuration_id = used.configuration_id
    WHERE used.booking_id = NEW.id AND NOT coalesce((
      SELECT range_agg(taken.during) @> tstzrange(used.starts_at, used.ends_at)
      FROM occupancies taken
      WHERE taken.booking_id = NEW.id AND taken.cell_id = part.cell_id
        AND taken.released_at IS NULL), false)
  ) AND (SELECT state FROM bookings WHERE id = NEW.id) = NEW.state THEN
    RAISE EXCEPTION 'booking % has a use without cells', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_have_cells';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS bookings_whole ON bookings;
CREATE CONSTRAINT TRIGGER bookings_whole AFTER INSERT OR UPDATE ON bookings
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_booking_whole();
