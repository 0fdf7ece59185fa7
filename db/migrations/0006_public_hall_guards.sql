CREATE INDEX waiting_claims_live ON waiting_claims USING gist (cell_id, during) WHERE released_at IS NULL;
--> statement-breakpoint
CREATE INDEX equipment_takes_live ON equipment_takes USING gist (item_id, during) WHERE released_at IS NULL;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON booking_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON consents
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lottery_draws
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON utility_charges
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A booking that lives has an audit entry for each of its versions, and every one of its uses is
-- covered by its own occupancies. Deferred: the transaction may write them in any order.
CREATE FUNCTION check_booking_whole() RETURNS trigger LANGUAGE plpgsql AS $$
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
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER bookings_whole AFTER INSERT OR UPDATE ON bookings
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_booking_whole();
--> statement-breakpoint
-- The most pieces of an item promised at one moment within a time: it can only peak where one begins.
CREATE FUNCTION equipment_peak(item text, during tstzrange) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(promised.quantity), 0)::integer FROM (
    SELECT sum(other.quantity) AS quantity
    FROM equipment_takes moment
    JOIN equipment_takes other ON other.item_id = moment.item_id AND other.released_at IS NULL
      AND other.during @> greatest(lower(moment.during), lower($2))
    WHERE moment.item_id = $1 AND moment.released_at IS NULL AND moment.during && $2
    GROUP BY moment.id
  ) promised
$$;
--> statement-breakpoint
CREATE FUNCTION check_equipment_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('equipment ' || NEW.item_id, 0));
  IF NEW.released_at IS NULL AND equipment_peak(NEW.item_id, NEW.during)
    > (SELECT stock FROM equipment_items WHERE id = NEW.item_id) THEN
    RAISE EXCEPTION 'not so many of %', NEW.item_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_takes_within_stock';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER equipment_takes_within_stock AFTER INSERT OR UPDATE ON equipment_takes
  FOR EACH ROW EXECUTE FUNCTION check_equipment_stock();
--> statement-breakpoint
CREATE FUNCTION check_equipment_stock_lowered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('equipment ' || NEW.id, 0));
  IF equipment_peak(NEW.id, tstzrange(now(), null)) > NEW.stock THEN
    RAISE EXCEPTION 'more of % are promised', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_items_keep_promises';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER equipment_items_keep_promises BEFORE UPDATE OF stock ON equipment_items
  FOR EACH ROW WHEN (NEW.stock < OLD.stock) EXECUTE FUNCTION check_equipment_stock_lowered();
--> statement-breakpoint
CREATE FUNCTION check_parking() RETURNS trigger LANGUAGE plpgsql AS $$
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
--> statement-breakpoint
CREATE TRIGGER parking_takes_within_capacity AFTER INSERT OR UPDATE ON parking_takes
  FOR EACH ROW EXECUTE FUNCTION check_parking();
--> statement-breakpoint
-- Electricity was once billed for nine years where the fee already included it: the database refuses
-- a charge without a term in force that says otherwise, and a reading nobody else has checked.
CREATE FUNCTION check_utility_charge() RETURNS trigger LANGUAGE plpgsql AS $$
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
--> statement-breakpoint
CREATE TRIGGER utility_charges_owed BEFORE INSERT ON utility_charges
  FOR EACH ROW EXECUTE FUNCTION check_utility_charge();
--> statement-breakpoint
CREATE FUNCTION refuse_change_of_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'settled' THEN
    RAISE EXCEPTION 'settlement % is settled', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
--> statement-breakpoint
CREATE TRIGGER settled_is_final BEFORE UPDATE OR DELETE ON settlements
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_settled();
--> statement-breakpoint
-- A reading that was checked, or charged for, stands.
CREATE FUNCTION refuse_change_of_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.checked_at IS NOT NULL THEN
    RAISE EXCEPTION 'reading % is checked', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
--> statement-breakpoint
CREATE TRIGGER checked_is_final BEFORE UPDATE OR DELETE ON meter_readings
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_checked();
