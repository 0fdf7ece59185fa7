ALTER TABLE "organizations" ALTER COLUMN "email" DROP NOT NULL;
--> statement-breakpoint
-- What is searched must hold where nobody gave an address; a generated column can only be made anew.
ALTER TABLE organizations DROP COLUMN search;
--> statement-breakpoint
ALTER TABLE organizations ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (search_text(name || E'\n' || coalesce(name_kana, '') || E'\n' || contact_name || E'\n' || coalesce(email, ''))) STORED;
--> statement-breakpoint
CREATE INDEX organizations_search ON organizations USING gin (search gin_trgm_ops);
