ALTER TABLE "stripe_customers" DROP CONSTRAINT "stripe_customers_stripe_customer_id_unique";--> statement-breakpoint
ALTER TABLE "stripe_customers" DROP CONSTRAINT "stripe_customers_pkey";--> statement-breakpoint
ALTER TABLE "stripe_customers" ADD PRIMARY KEY ("stripe_customer_id");--> statement-breakpoint
ALTER TABLE "stripe_customers" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "stripe_customers_booking_id_index" ON "stripe_customers" USING btree ("booking_id");--> statement-breakpoint
CREATE UNIQUE INDEX "stripe_customers_one_open" ON "stripe_customers" USING btree ("booking_id") WHERE "stripe_customers"."closed_at" is null;
