ALTER TABLE "refunds" ADD COLUMN "reduces_charge" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_reduce_of_booking" CHECK (not "refunds"."reduces_charge" or "refunds"."booking_id" is not null);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_change_of_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.payment_id, OLD.booking_id, OLD.amount_yen, OLD.reduces_charge, OLD.requested_by_account_id)
    IS DISTINCT FROM (NEW.payment_id, NEW.booking_id, NEW.amount_yen, NEW.reduces_charge,
      NEW.requested_by_account_id) THEN
    RAISE EXCEPTION 'what refund % asks for is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A rebate is of a charge, never more than stands of it; for a refund it is what that refund says, and
-- no more than goes back.
CREATE FUNCTION check_rebate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT coalesce(sum(amount_yen), -1) FROM money_events WHERE charge_id = NEW.charge_id
      AND kind IN ('charged', 'charge_reduced', 'charge_reversed', 'rebated')) < 0 THEN
    RAISE EXCEPTION 'more is taken off charge % than stands of it', NEW.charge_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'charges_not_below_nothing';
  END IF;
  IF NEW.refund_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM refunds WHERE id = NEW.refund_id AND booking_id = NEW.booking_id AND reduces_charge
      AND amount_yen >= (SELECT -sum(amount_yen) FROM money_events
        WHERE refund_id = NEW.refund_id AND kind = 'rebated')) THEN
    RAISE EXCEPTION 'refund % takes nothing or not so much off a charge', NEW.refund_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rebates_within_refund';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER rebates_checked AFTER INSERT ON money_events
  FOR EACH ROW WHEN (NEW.kind = 'rebated') EXECUTE FUNCTION check_rebate();
