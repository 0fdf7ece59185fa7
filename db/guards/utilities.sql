-- Electricity was once billed for nine years where the fee already included it: the database refuses
-- a charge without a term in force that says otherwise, and a reading nobody else has checked.
CREATE OR REPLACE FUNCTION check_utility_charge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  reading meter_readings;
  meter meters;
  term utility_terms;
BEGIN
  SELECT * INTO reading FROM meter_readings WHERE id = NEW.reading_id;
  SELECT * INTO meter FROM meters WHERE id = reading.meter_id;
  SELECT * INTO term FROM utility_terms
    WHERE room_id = meter.room_id AND utility = meter.utility AND effective_from <= reading.used_on
    ORDER BY effective_from DESC, created_at DESC LIMIT 1;
  IF term.id IS DISTINCT FROM NEW.term_id OR term.fee_includes THEN
    RAISE EXCEPTION 'the fee includes % of %', meter.utility, meter.room_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'utility_charges_not_included';
  END IF;
  IF reading.checked_at IS NULL THEN
    RAISE EXCEPTION 'reading % was not checked', reading.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'utility_charges_checked';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER utility_charges_owed BEFORE INSERT ON utility_charges
  FOR EACH ROW EXECUTE FUNCTION check_utility_charge();

-- A reading that was checked, or charged for, stands.
CREATE OR REPLACE FUNCTION refuse_change_of_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.checked_at IS NOT NULL THEN
    RAISE EXCEPTION 'reading % is checked', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

CREATE OR REPLACE TRIGGER checked_is_final BEFORE UPDATE OR DELETE ON meter_readings
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_checked();
