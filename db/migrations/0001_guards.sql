CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
-- The house rule itself: no cell is taken twice at one time.
ALTER TABLE occupancies ADD CONSTRAINT occupancies_no_overlap
  EXCLUDE USING gist (cell_id WITH =, during WITH &&) WHERE (released_at IS NULL);
--> statement-breakpoint
CREATE INDEX occupancies_live ON occupancies (cell_id, lower(during), upper(during)) WHERE released_at IS NULL;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON money_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON booking_quotes
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON documents
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
