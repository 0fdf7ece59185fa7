-- The most pieces of an item promised at one moment within a time: it can only peak where one begins.
CREATE OR REPLACE FUNCTION equipment_peak(item text, during tstzrange) RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(promised.quantity), 0)::integer FROM (
    SELECT sum(other.quantity) AS quantity
    FROM equipment_takes moment
    JOIN equipment_takes other ON other.item_id = moment.item_id AND other.released_at IS NULL
      AND other.during @> greatest(lower(moment.during), lower($2))
    WHERE moment.item_id = $1 AND moment.released_at IS NULL AND moment.during && $2
    GROUP BY moment.id
  ) promised
$$;

CREATE OR REPLACE FUNCTION check_equipment_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('equipment ' || NEW.item_id, 0));
  IF NEW.released_at IS NULL AND equipment_peak(NEW.item_id, NEW.during)
    > (SELECT stock FROM equipment_items WHERE id = NEW.item_id) THEN
    RAISE EXCEPTION 'not so many of %', NEW.item_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_takes_within_stock';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER equipment_takes_within_stock AFTER INSERT OR UPDATE ON equipment_takes
  FOR EACH ROW EXECUTE FUNCTION check_equipment_stock();

CREATE OR REPLACE FUNCTION check_equipment_stock_lowered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('equipment ' || NEW.id, 0));
  IF equipment_peak(NEW.id, tstzrange(now(), null)) > NEW.stock THEN
    RAISE EXCEPTION 'more of % are promised', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_items_keep_promises';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER equipment_items_keep_promises BEFORE UPDATE OF stock ON equipment_items
  FOR EACH ROW WHEN (NEW.stock < OLD.stock) EXECUTE FUNCTION check_equipment_stock_lowered();
