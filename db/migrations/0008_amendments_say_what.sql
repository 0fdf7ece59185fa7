ALTER TABLE "amendments" ADD COLUMN "changes" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "booking_versions" ADD COLUMN "reason" text NOT NULL;--> statement-breakpoint
ALTER TABLE "booking_versions" ADD COLUMN "consent_id" text;--> statement-breakpoint
ALTER TABLE "booking_versions" ADD CONSTRAINT "booking_versions_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;