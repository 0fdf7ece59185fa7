CREATE TABLE "stripe_movements" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"stripe_id" text NOT NULL,
	"event_type" text NOT NULL,
	"venue_id" text,
	"booking_id" text,
	"payment_id" text,
	"amount_yen" integer,
	"reason" text,
	"status" text,
	"is_open" boolean NOT NULL,
	"answer_by" timestamp with time zone,
	"happened_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"looked_at" timestamp with time zone,
	"looked_by_account_id" text,
	"note" text,
	CONSTRAINT "stripe_movements_stripe_id_unique" UNIQUE("stripe_id")
);
--> statement-breakpoint
ALTER TABLE "stripe_movements" ADD CONSTRAINT "stripe_movements_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_movements" ADD CONSTRAINT "stripe_movements_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_movements" ADD CONSTRAINT "stripe_movements_looked_by_account_id_accounts_id_fk" FOREIGN KEY ("looked_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stripe_movements_payment_id_index" ON "stripe_movements" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "stripe_movements_venue_id_happened_at_index" ON "stripe_movements" USING btree ("venue_id","happened_at");
--> statement-breakpoint
ALTER TABLE "stripe_movements" ADD CONSTRAINT "stripe_movements_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id");
--> statement-breakpoint
-- What Stripe did stays as it was told; only its state, and who looked at it, change.
CREATE FUNCTION refuse_change_of_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.id, OLD.kind, OLD.stripe_id, OLD.amount_yen, OLD.happened_at)
    IS DISTINCT FROM (NEW.id, NEW.kind, NEW.stripe_id, NEW.amount_yen, NEW.happened_at) THEN
    RAISE EXCEPTION 'what happened at Stripe (%) is frozen', OLD.stripe_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER stripe_movements_frozen BEFORE UPDATE OR DELETE ON stripe_movements
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_movement();
--> statement-breakpoint
-- What Stripe or the bank of a payer has taken is gone, too. That it happened is a fact and always
-- recorded; what is refused is that we give back more beside it, or anything of a disputed payment.
CREATE OR REPLACE FUNCTION check_payment_used() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole integer;
BEGIN
  SELECT amount_yen INTO whole FROM payments WHERE id = NEW.payment_id FOR UPDATE;
  IF TG_TABLE_NAME = 'refunds' THEN
    IF NEW.cause LIKE 'stripe\_refund:%' OR NEW.state IN ('rejected', 'cancelled') THEN
      RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
      -- Once asked for, a refund moves on as Stripe says; only our own yes is asked again.
      IF OLD.state NOT IN ('rejected', 'cancelled') AND NEW.state NOT IN ('approved', 'paid_out') THEN
        RETURN NULL;
      END IF;
    END IF;
    IF EXISTS (SELECT FROM stripe_movements
        WHERE payment_id = NEW.payment_id AND kind = 'dispute' AND is_open) THEN
      RAISE EXCEPTION 'payment % is disputed', NEW.payment_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_not_disputed';
    END IF;
  END IF;
  IF (SELECT coalesce(sum(amount_yen), 0) FROM allocations WHERE payment_id = NEW.payment_id)
    + (SELECT coalesce(sum(amount_yen), 0) FROM refunds WHERE payment_id = NEW.payment_id
        AND booking_id IS NULL AND state NOT IN ('rejected', 'cancelled'))
    + (SELECT coalesce(sum(amount_yen), 0) FROM money_events WHERE payment_id = NEW.payment_id
        AND booking_id IS NULL AND refund_id IS NULL
        AND kind IN ('returned', 'return_bounced', 'dispute_withdrawn', 'dispute_reinstated')) > whole THEN
    RAISE EXCEPTION 'payment % is used for more than it is', NEW.payment_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_used_once';
  END IF;
  IF EXISTS (
    SELECT FROM refunds going
    WHERE going.payment_id = NEW.payment_id AND going.booking_id IS NOT NULL
      AND going.state NOT IN ('rejected', 'cancelled')
    GROUP BY going.booking_id
    HAVING sum(going.amount_yen)
      + (SELECT coalesce(sum(amount_yen), 0) FROM money_events
          WHERE payment_id = NEW.payment_id AND booking_id = going.booking_id
            AND kind IN ('dispute_withdrawn', 'dispute_reinstated'))
      > (SELECT coalesce(sum(amount_yen), 0) FROM allocations
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
