-- A corrected paper (訂正版) is about the same matter as the one it replaces; that none is replaced
-- twice the unique column says.
CREATE OR REPLACE FUNCTION refuse_other_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM documents replaced WHERE replaced.id = NEW.replaces_id AND replaced.id <> NEW.id
      AND replaced.kind = NEW.kind AND replaced.venue_id = NEW.venue_id
      AND replaced.organization_id = NEW.organization_id
      AND replaced.booking_id IS NOT DISTINCT FROM NEW.booking_id
      AND replaced.attempt_id IS NOT DISTINCT FROM NEW.attempt_id
  ) THEN
    RAISE EXCEPTION 'a correction is of the same paper' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER correct_the_same BEFORE INSERT ON documents
  FOR EACH ROW WHEN (NEW.replaces_id IS NOT NULL) EXECUTE FUNCTION refuse_other_correction();
