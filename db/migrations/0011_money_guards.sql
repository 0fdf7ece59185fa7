ALTER TABLE money_events ADD CONSTRAINT money_events_refund_id_refunds_id_fk
  FOREIGN KEY (refund_id) REFERENCES refunds (id);
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON payments
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON allocations
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON instalments
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cancellations
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cash_movements
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON drawer_counts
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON closings
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON dunnings
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON document_bookings
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON document_reissues
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A yen is used once: what a payment pays for, and what of it goes back, is never more than it is. The
-- payment is locked first, so that of two who use the same yen one waits and is then refused.
CREATE FUNCTION check_payment_used() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole integer;
BEGIN
  SELECT amount_yen INTO whole FROM payments WHERE id = NEW.payment_id FOR UPDATE;
  IF (SELECT coalesce(sum(amount_yen), 0) FROM allocations WHERE payment_id = NEW.payment_id)
    + (SELECT coalesce(sum(amount_yen), 0) FROM refunds WHERE payment_id = NEW.payment_id
        AND booking_id IS NULL AND state NOT IN ('rejected', 'cancelled')) > whole THEN
    RAISE EXCEPTION 'payment % is used for more than it is', NEW.payment_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_used_once';
  END IF;
  IF EXISTS (
    SELECT FROM refunds going
    WHERE going.payment_id = NEW.payment_id AND going.booking_id IS NOT NULL
      AND going.state NOT IN ('rejected', 'cancelled')
    GROUP BY going.booking_id
    HAVING sum(going.amount_yen) > (SELECT coalesce(sum(amount_yen), 0) FROM allocations
      WHERE payment_id = NEW.payment_id AND booking_id = going.booking_id)
  ) OR EXISTS (
    SELECT FROM allocations WHERE payment_id = NEW.payment_id
    GROUP BY booking_id HAVING sum(amount_yen) < 0
  ) THEN
    RAISE EXCEPTION 'more of payment % would go back than a booking had of it', NEW.payment_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_within_allocation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER payments_used_once AFTER INSERT ON allocations
  FOR EACH ROW EXECUTE FUNCTION check_payment_used();
--> statement-breakpoint
CREATE TRIGGER payments_used_once AFTER INSERT OR UPDATE OF state ON refunds
  FOR EACH ROW EXECUTE FUNCTION check_payment_used();
--> statement-breakpoint
CREATE FUNCTION refuse_change_of_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.payment_id, OLD.booking_id, OLD.amount_yen, OLD.requested_by_account_id)
    IS DISTINCT FROM (NEW.payment_id, NEW.booking_id, NEW.amount_yen, NEW.requested_by_account_id) THEN
    RAISE EXCEPTION 'what refund % asks for is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refunds_frozen BEFORE UPDATE ON refunds
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_refund();
--> statement-breakpoint
-- No payment without its line in the ledger, no allocation the ledger does not say. Deferred: the
-- transaction may write them in any order.
CREATE FUNCTION check_payment_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM money_events WHERE payment_id = NEW.id AND kind = 'received'
      AND amount_yen = -NEW.amount_yen) THEN
    RAISE EXCEPTION 'payment % is not in the ledger', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_in_ledger';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER payments_in_ledger AFTER INSERT ON payments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_payment_recorded();
--> statement-breakpoint
CREATE FUNCTION check_allocation_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount_yen) FROM allocations
      WHERE payment_id = NEW.payment_id AND booking_id = NEW.booking_id)
    <> (SELECT coalesce(-sum(amount_yen), 0) FROM money_events
      WHERE payment_id = NEW.payment_id AND booking_id = NEW.booking_id
        AND kind IN ('received', 'allocated')) THEN
    RAISE EXCEPTION 'allocation % is not in the ledger', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'allocations_in_ledger';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER allocations_in_ledger AFTER INSERT ON allocations
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_allocation_recorded();
--> statement-breakpoint
-- Closed books stay closed: what is recorded later is booked on the first open day. Closing takes the
-- same lock alone, so that nothing slips in while the sums are taken.
CREATE FUNCTION book_on_open_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('books ' || NEW.venue_id, 0));
  NEW.booked_on := greatest(NEW.booked_on,
    (SELECT max(ends_on) + 1 FROM closings WHERE venue_id = NEW.venue_id));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER money_events_on_open_day BEFORE INSERT ON money_events
  FOR EACH ROW EXECUTE FUNCTION book_on_open_day();
--> statement-breakpoint
CREATE FUNCTION lock_books() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('books ' || NEW.venue_id, 0));
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER closings_alone BEFORE INSERT ON closings
  FOR EACH ROW EXECUTE FUNCTION lock_books();
