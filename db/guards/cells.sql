-- Whoever takes cells first queues for them, always in one order: without the queue
-- the exclusion constraint is right but its waiters deadlock under a rush.
CREATE OR REPLACE FUNCTION lock_cells(cell_ids text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  key bigint;
BEGIN
  FOR key IN SELECT DISTINCT hashtextextended(id, 0) FROM unnest(cell_ids) AS id ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(key);
  END LOOP;
END $$;
