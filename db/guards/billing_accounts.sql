-- An account says of its subject what those who take money must know. The table of the subject keeps it, so no
-- change of a booking leaves its account behind; whoever takes money locks the account and reads it as it is.
CREATE OR REPLACE FUNCTION keep_account_of_booking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO billing_accounts (id, subject_kind, venue_id, organization_id, number, title, stage, is_provisional)
  VALUES (NEW.id, 'booking', NEW.venue_id, NEW.organization_id, NEW.number, NEW.title,
    CASE WHEN NEW.state IN ('approved', 'in_use', 'settled') THEN 'agreed'
      WHEN NEW.state IN ('expired', 'refused', 'withdrawn', 'cancelled') THEN 'ended' ELSE 'proposed' END,
    false)
  ON CONFLICT (id) DO UPDATE SET (organization_id, number, title, stage)
    = (excluded.organization_id, excluded.number, excluded.title, excluded.stage);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER bookings_keep_account AFTER INSERT ON bookings
  FOR EACH ROW EXECUTE FUNCTION keep_account_of_booking();

CREATE OR REPLACE TRIGGER bookings_keep_account_changed
  AFTER UPDATE OF organization_id, number, title, state ON bookings FOR EACH ROW
  WHEN ((OLD.organization_id, OLD.number, OLD.title, OLD.state)
    IS DISTINCT FROM (NEW.organization_id, NEW.number, NEW.title, NEW.state))
  EXECUTE FUNCTION keep_account_of_booking();

CREATE OR REPLACE FUNCTION keep_account_of_quote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE billing_accounts SET is_provisional = NEW.is_provisional
  WHERE id = NEW.booking_id AND is_provisional <> NEW.is_provisional;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER booking_quotes_keep_account AFTER INSERT ON booking_quotes
  FOR EACH ROW EXECUTE FUNCTION keep_account_of_quote();

-- What came in or is owed bears the id of its account for ever.
CREATE OR REPLACE FUNCTION refuse_change_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.id, OLD.subject_kind, OLD.venue_id)
    IS DISTINCT FROM (NEW.id, NEW.subject_kind, NEW.venue_id) THEN
    RAISE EXCEPTION 'whose money account % holds is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER billing_accounts_frozen BEFORE UPDATE OR DELETE ON billing_accounts
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_account();
