ALTER TABLE "bank_imports" ALTER COLUMN "total_yen" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD COLUMN "cancels_line_id" text;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_cancels_line_id_bank_lines_id_fk" FOREIGN KEY ("cancels_line_id") REFERENCES "public"."bank_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_cancels_line_id_unique" UNIQUE("cancels_line_id");
--> statement-breakpoint
-- Money that left the pot without a refund (the bank took it back, or it never was an organizer's) is
-- gone, too: it cannot pay for anything any more.
CREATE OR REPLACE FUNCTION check_payment_used() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole integer;
BEGIN
  SELECT amount_yen INTO whole FROM payments WHERE id = NEW.payment_id FOR UPDATE;
  IF (SELECT coalesce(sum(amount_yen), 0) FROM allocations WHERE payment_id = NEW.payment_id)
    + (SELECT coalesce(sum(amount_yen), 0) FROM refunds WHERE payment_id = NEW.payment_id
        AND booking_id IS NULL AND state NOT IN ('rejected', 'cancelled'))
    + (SELECT coalesce(sum(amount_yen), 0) FROM money_events WHERE payment_id = NEW.payment_id
        AND booking_id IS NULL AND refund_id IS NULL
        AND kind IN ('returned', 'return_bounced')) > whole THEN
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
-- What the bank said stays as it said it; people add only what they make of it.
CREATE FUNCTION refuse_change_of_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.line_key, OLD.bank_account_id, OLD.booked_on, OLD.amount_yen,
      OLD.is_incoming, OLD.is_cancelled, OLD.payer_name, OLD.message, OLD.payment_id)
    IS DISTINCT FROM (NEW.line_key, NEW.bank_account_id, NEW.booked_on, NEW.amount_yen,
      NEW.is_incoming, NEW.is_cancelled, NEW.payer_name, NEW.message, NEW.payment_id) THEN
    RAISE EXCEPTION 'what the bank said in line % is frozen', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bank_lines_frozen BEFORE UPDATE OR DELETE ON bank_lines
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_bank_line();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON bank_imports
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
