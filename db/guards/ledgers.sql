-- No payment without its line in the ledger, no allocation the ledger does not say. Deferred: the
-- transaction may write them in any order.
CREATE OR REPLACE FUNCTION check_payment_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM money_events WHERE payment_id = NEW.id AND kind = 'received'
      AND amount_yen = -NEW.amount_yen) THEN
    RAISE EXCEPTION 'payment % is not in the ledger', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_in_ledger';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS payments_in_ledger ON payments;
CREATE CONSTRAINT TRIGGER payments_in_ledger AFTER INSERT ON payments
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_payment_recorded();

CREATE OR REPLACE FUNCTION check_allocation_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount_yen) FROM allocations
      WHERE payment_id = NEW.payment_id AND billing_account_id = NEW.billing_account_id)
    <> (SELECT coalesce(-sum(amount_yen), 0) FROM money_events
      WHERE payment_id = NEW.payment_id AND billing_account_id = NEW.billing_account_id
        AND kind IN ('received', 'allocated')) THEN
    RAISE EXCEPTION 'allocation % is not in the ledger', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'allocations_in_ledger';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS allocations_in_ledger ON allocations;
CREATE CONSTRAINT TRIGGER allocations_in_ledger AFTER INSERT ON allocations
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_allocation_recorded();

-- Closed books stay closed: what is recorded later is booked on the first open day. Closing takes the
-- same lock alone, so that nothing slips in while the sums are taken.
CREATE OR REPLACE FUNCTION book_on_open_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('books ' || NEW.venue_id, 0));
  NEW.booked_on := greatest(NEW.booked_on,
    (SELECT max(ends_on) + 1 FROM closings WHERE venue_id = NEW.venue_id));
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER money_events_on_open_day BEFORE INSERT ON money_events
  FOR EACH ROW EXECUTE FUNCTION book_on_open_day();

-- A rebate is of a charge, never more than stands of it; for a refund it is what that refund says, and
-- no more than goes back.
CREATE OR REPLACE FUNCTION check_rebate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT coalesce(sum(amount_yen), -1) FROM money_events WHERE charge_id = NEW.charge_id
      AND kind IN ('charged', 'charge_reduced', 'charge_reversed', 'rebated')) < 0 THEN
    RAISE EXCEPTION 'more is taken off charge % than stands of it', NEW.charge_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'charges_not_below_nothing';
  END IF;
  IF NEW.refund_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM refunds WHERE id = NEW.refund_id AND billing_account_id = NEW.billing_account_id AND reduces_charge
      AND amount_yen >= (SELECT -sum(amount_yen) FROM money_events
        WHERE refund_id = NEW.refund_id AND kind = 'rebated')) THEN
    RAISE EXCEPTION 'refund % takes nothing or not so much off a charge', NEW.refund_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rebates_within_refund';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER rebates_checked AFTER INSERT ON money_events
  FOR EACH ROW WHEN (NEW.kind = 'rebated') EXECUTE FUNCTION check_rebate();

-- What is taken off beside a payment is one person's decision: of one account no more than the policy says.
CREATE OR REPLACE FUNCTION check_rebate_of_rest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT -sum(amount_yen) FROM money_events WHERE billing_account_id = NEW.billing_account_id
      AND kind = 'rebated' AND split_part(cause, ':', 2) = 'allocation')
    > (SELECT coalesce(max(yen_most), 0) FROM money_limits
      WHERE venue_id = NEW.venue_id AND deed = 'rebate') THEN
    RAISE EXCEPTION 'more is taken off account % than one person may decide', NEW.billing_account_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rebates_within_limit';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER rebates_of_rest_checked AFTER INSERT ON money_events
  FOR EACH ROW WHEN (NEW.kind = 'rebated' AND NEW.amount_yen < 0
    AND split_part(NEW.cause, ':', 2) = 'allocation')
  EXECUTE FUNCTION check_rebate_of_rest();
