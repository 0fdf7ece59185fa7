CREATE OR REPLACE FUNCTION refuse_change_of_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.payment_id, OLD.billing_account_id, OLD.amount_yen, OLD.reduces_charge, OLD.requested_by_account_id)
    IS DISTINCT FROM (NEW.payment_id, NEW.billing_account_id, NEW.amount_yen, NEW.reduces_charge,
      NEW.requested_by_account_id) THEN
    RAISE EXCEPTION 'what refund % asks for is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER refunds_frozen BEFORE UPDATE ON refunds
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_refund();
