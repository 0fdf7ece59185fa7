CREATE OR REPLACE FUNCTION check_parking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  most integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('parking ' || NEW.venue_id || NEW.used_on, 0));
  SELECT spaces INTO most FROM parking_capacities
    WHERE venue_id = NEW.venue_id AND starts_on <= NEW.used_on
      AND (ends_on IS NULL OR ends_on >= NEW.used_on)
    ORDER BY starts_on DESC LIMIT 1;
  IF (SELECT sum(spaces) FROM parking_takes
      WHERE venue_id = NEW.venue_id AND used_on = NEW.used_on) > coalesce(most, 0) THEN
    RAISE EXCEPTION 'not so many parking spaces on %', NEW.used_on
      USING ERRCODE = 'check_violation', CONSTRAINT = 'parking_takes_within_capacity';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER parking_takes_within_capacity AFTER INSERT OR UPDATE ON parking_takes
  FOR EACH ROW EXECUTE FUNCTION check_parking();
