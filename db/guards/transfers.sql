-- What the bank said stays as it said it; people add only what they make of it.
CREATE OR REPLACE FUNCTION refuse_change_of_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE TRIGGER bank_lines_frozen BEFORE UPDATE OR DELETE ON bank_lines
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_bank_line();
