CREATE TABLE "billing_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"subject_kind" text NOT NULL,
	"venue_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"number" text NOT NULL,
	"title" text NOT NULL,
	"stage" text NOT NULL,
	"is_provisional" boolean NOT NULL,
	CONSTRAINT "billing_accounts_number_unique" UNIQUE("number")
);
--> statement-breakpoint
ALTER TABLE billing_accounts ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (search_text(number || E'\n' || title)) STORED;--> statement-breakpoint
CREATE INDEX billing_accounts_search ON billing_accounts USING gin (search gin_trgm_ops);--> statement-breakpoint
INSERT INTO billing_accounts (id, subject_kind, venue_id, organization_id, number, title, stage, is_provisional)
SELECT id, 'booking', venue_id, organization_id, number, title,
  CASE WHEN state IN ('approved', 'in_use', 'settled') THEN 'agreed'
    WHEN state IN ('expired', 'refused', 'withdrawn', 'cancelled') THEN 'ended' ELSE 'proposed' END,
  coalesce((SELECT quoted.is_provisional FROM booking_quotes quoted WHERE quoted.booking_id = bookings.id
    ORDER BY quoted.booking_version DESC LIMIT 1), false)
FROM bookings;--> statement-breakpoint
ALTER TABLE "charges" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER INDEX "charges_booking_id_index" RENAME TO "charges_billing_account_id_index";--> statement-breakpoint
ALTER TABLE "payment_attempts" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER INDEX "payment_attempts_booking_id_index" RENAME TO "payment_attempts_billing_account_id_index";--> statement-breakpoint
ALTER TABLE "stripe_customers" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER INDEX "stripe_customers_booking_id_index" RENAME TO "stripe_customers_billing_account_id_index";--> statement-breakpoint
ALTER TABLE "stripe_movements" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER TABLE "allocations" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER INDEX "allocations_booking_id_index" RENAME TO "allocations_billing_account_id_index";--> statement-breakpoint
ALTER TABLE "money_events" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER INDEX "money_events_booking_id_index" RENAME TO "money_events_billing_account_id_index";--> statement-breakpoint
ALTER TABLE "refunds" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER INDEX "refunds_booking_id_index" RENAME TO "refunds_billing_account_id_index";--> statement-breakpoint
ALTER TABLE "write_offs" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER INDEX "write_offs_booking_id_index" RENAME TO "write_offs_billing_account_id_index";--> statement-breakpoint
ALTER TABLE "dunnings" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER INDEX "dunnings_booking_id_index" RENAME TO "dunnings_billing_account_id_index";--> statement-breakpoint
ALTER TABLE "dunning_pauses" RENAME COLUMN "booking_id" TO "billing_account_id";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_reduce_of_booking";--> statement-breakpoint
ALTER TABLE "allocations" DROP CONSTRAINT "allocations_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "money_events" DROP CONSTRAINT "money_events_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "charges" DROP CONSTRAINT "charges_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "payment_attempts" DROP CONSTRAINT "payment_attempts_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "stripe_customers" DROP CONSTRAINT "stripe_customers_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "stripe_movements" DROP CONSTRAINT "stripe_movements_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "dunning_pauses" DROP CONSTRAINT "dunning_pauses_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "dunnings" DROP CONSTRAINT "dunnings_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "write_offs" DROP CONSTRAINT "write_offs_booking_id_bookings_id_fk";--> statement-breakpoint
ALTER TABLE "billing_accounts" ADD CONSTRAINT "billing_accounts_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "billing_accounts" ADD CONSTRAINT "billing_accounts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "billing_accounts_organization_id_index" ON "billing_accounts" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "billing_accounts_venue_id_index" ON "billing_accounts" USING btree ("venue_id");--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_events" ADD CONSTRAINT "money_events_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "charges" ADD CONSTRAINT "charges_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_customers" ADD CONSTRAINT "stripe_customers_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_movements" ADD CONSTRAINT "stripe_movements_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_pauses" ADD CONSTRAINT "dunning_pauses_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunnings" ADD CONSTRAINT "dunnings_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "write_offs" ADD CONSTRAINT "write_offs_billing_account_id_billing_accounts_id_fk" FOREIGN KEY ("billing_account_id") REFERENCES "public"."billing_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_reduce_of_account" CHECK (not "refunds"."reduces_charge" or "refunds"."billing_account_id" is not null);
