ALTER TABLE "dunning_levels" ADD COLUMN "yen_least" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- What is taken off beside a payment is one person's decision: of one booking no more than the policy says.
CREATE FUNCTION check_rebate_of_rest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT -sum(amount_yen) FROM money_events WHERE booking_id = NEW.booking_id
      AND kind = 'rebated' AND split_part(cause, ':', 2) = 'allocation')
    > (SELECT coalesce(max(yen_most), 0) FROM money_limits
      WHERE venue_id = NEW.venue_id AND deed = 'rebate') THEN
    RAISE EXCEPTION 'more is taken off booking % than one person may decide', NEW.booking_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rebates_within_limit';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER rebates_of_rest_checked AFTER INSERT ON money_events
  FOR EACH ROW WHEN (NEW.kind = 'rebated' AND NEW.amount_yen < 0
    AND split_part(NEW.cause, ':', 2) = 'allocation')
  EXECUTE FUNCTION check_rebate_of_rest();
