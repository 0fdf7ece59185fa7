-- What Stripe did stays as it was told; only its state, and who looked at it, change.
CREATE OR REPLACE FUNCTION refuse_change_of_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.id, OLD.kind, OLD.stripe_id, OLD.amount_yen, OLD.happened_at)
    IS DISTINCT FROM (NEW.id, NEW.kind, NEW.stripe_id, NEW.amount_yen, NEW.happened_at) THEN
    RAISE EXCEPTION 'what happened at Stripe (%) is frozen', OLD.stripe_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER stripe_movements_frozen BEFORE UPDATE OR DELETE ON stripe_movements
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_movement();

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
        AND billing_account_id IS NULL AND state NOT IN ('rejected', 'cancelled'))
    + (SELECT coalesce(sum(amount_yen), 0) FROM money_events WHERE payment_id = NEW.payment_id
        AND billing_account_id IS NULL AND refund_id IS NULL
        AND kind IN ('returned', 'return_bounced', 'dispute_withdrawn', 'dispute_reinstated')) > whole THEN
    RAISE EXCEPTION 'payment % is used for more than it is', NEW.payment_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_used_once';
  END IF;
  IF EXISTS (
    SELECT FROM refunds going
    WHERE going.payment_id = NEW.payment_id AND going.billing_account_id IS NOT NULL
      AND going.state NOT IN ('rejected', 'cancelled')
    GROUP BY going.billing_account_id
    HAVING sum(going.amount_yen)
      + (SELECT coalesce(sum(amount_yen), 0) FROM money_events
          WHERE payment_id = NEW.payment_id AND billing_account_id = going.billing_account_id
            AND kind IN ('dispute_withdrawn', 'dispute_reinstated'))
      > (SELECT coalesce(sum(amount_yen), 0) FROM allocations
      WHERE payment_id = NEW.payment_id AND billing_account_id = going.billing_account_id)
  ) OR EXISTS (
    SELECT FROM allocations WHERE payment_id = NEW.payment_id
    GROUP BY billing_account_id HAVING sum(amount_yen) < 0
  ) THEN
    RAISE EXCEPTION 'more of payment % would go back than its account had of it', NEW.payment_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_within_allocation';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER payments_used_once AFTER INSERT ON allocations
  FOR EACH ROW EXECUTE FUNCTION check_payment_used();

CREATE OR REPLACE TRIGGER payments_used_once AFTER INSERT OR UPDATE OF state ON refunds
  FOR EACH ROW EXECUTE FUNCTION check_payment_used();
