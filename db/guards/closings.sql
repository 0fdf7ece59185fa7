CREATE OR REPLACE FUNCTION lock_books() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('books ' || NEW.venue_id, 0));
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER closings_alone BEFORE INSERT ON closings
  FOR EACH ROW EXECUTE FUNCTION lock_books();
