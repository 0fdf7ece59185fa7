CREATE TABLE "cancellation_terms" (
	"venue_id" text NOT NULL,
	"room_class" text NOT NULL,
	"deed" text NOT NULL,
	"effective_from" date NOT NULL,
	"before_count" integer NOT NULL,
	"before_unit" text NOT NULL,
	"kept_bp" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "cancellation_terms_venue_id_room_class_deed_effective_from_before_unit_before_count_pk" PRIMARY KEY("venue_id","room_class","deed","effective_from","before_unit","before_count"),
	CONSTRAINT "cancellation_terms_share" CHECK ("cancellation_terms"."kept_bp" between 0 and 10000)
);
--> statement-breakpoint
CREATE TABLE "cancellations" (
	"booking_id" text PRIMARY KEY NOT NULL,
	"ground" text NOT NULL,
	"noticed_on" date NOT NULL,
	"fee_yen" integer NOT NULL,
	"kept_yen" integer NOT NULL,
	"reasons" jsonb NOT NULL,
	"publication" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "closings" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"period" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"totals" jsonb NOT NULL,
	"closed_by_account_id" text,
	"closed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "closings_venue_id_period_starts_on_unique" UNIQUE("venue_id","period","starts_on")
);
--> statement-breakpoint
CREATE TABLE "journal_accounts" (
	"venue_id" text NOT NULL,
	"entry" text NOT NULL,
	"debit_code" text NOT NULL,
	"debit_name" text NOT NULL,
	"credit_code" text NOT NULL,
	"credit_name" text NOT NULL,
	"tax_code" text NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "journal_accounts_venue_id_entry_pk" PRIMARY KEY("venue_id","entry")
);
--> statement-breakpoint
CREATE TABLE "document_bookings" (
	"document_id" text NOT NULL,
	"booking_id" text NOT NULL,
	CONSTRAINT "document_bookings_document_id_booking_id_pk" PRIMARY KEY("document_id","booking_id")
);
--> statement-breakpoint
CREATE TABLE "document_reissues" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"position" integer NOT NULL,
	"reason" text NOT NULL,
	"actor" jsonb NOT NULL,
	"reissued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "document_reissues_document_id_position_unique" UNIQUE("document_id","position")
);
--> statement-breakpoint
CREATE TABLE "cash_movements" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"note" text NOT NULL,
	"account_id" text,
	"moved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drawer_counts" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"counted_on" date NOT NULL,
	"expected_yen" integer NOT NULL,
	"counted_yen" integer NOT NULL,
	"pieces" jsonb NOT NULL,
	"difference_reason" text,
	"counted_by_account_id" text,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "drawer_counts_venue_id_counted_on_unique" UNIQUE("venue_id","counted_on"),
	CONSTRAINT "drawer_counts_explained" CHECK ("drawer_counts"."counted_yen" = "drawer_counts"."expected_yen" or "drawer_counts"."difference_reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "invoice_charges" (
	"invoice_id" text NOT NULL,
	"charge_id" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"is_live" boolean DEFAULT true NOT NULL,
	CONSTRAINT "invoice_charges_invoice_id_charge_id_pk" PRIMARY KEY("invoice_id","charge_id")
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"total_yen" integer NOT NULL,
	"taxes" jsonb NOT NULL,
	"due_on" date NOT NULL,
	"made_by_account_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"voided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "allocations" (
	"id" text PRIMARY KEY NOT NULL,
	"payment_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"reverses_id" text,
	"actor" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "allocations_reverses_id_unique" UNIQUE("reverses_id"),
	CONSTRAINT "allocations_signed" CHECK (("allocations"."reverses_id" is null) = ("allocations"."amount_yen" > 0) and "allocations"."amount_yen" <> 0)
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"method" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"attempt_id" text,
	"cause" text NOT NULL,
	"payer_name" text,
	"paid_via" text,
	"received_at" timestamp with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payments_attempt_id_unique" UNIQUE("attempt_id"),
	CONSTRAINT "payments_cause_unique" UNIQUE("cause"),
	CONSTRAINT "payments_positive" CHECK ("payments"."amount_yen" > 0)
);
--> statement-breakpoint
CREATE TABLE "organization_blocks" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"venue_id" text NOT NULL,
	"reason" text NOT NULL,
	"blocked_by_account_id" text,
	"blocked_at" timestamp with time zone NOT NULL,
	"lifted_by_account_id" text,
	"lifted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "instalments" (
	"charge_id" text NOT NULL,
	"position" integer NOT NULL,
	"amount_yen" integer NOT NULL,
	"due_on" date NOT NULL,
	CONSTRAINT "instalments_charge_id_position_pk" PRIMARY KEY("charge_id","position"),
	CONSTRAINT "instalments_positive" CHECK ("instalments"."amount_yen" > 0)
);
--> statement-breakpoint
CREATE TABLE "stripe_customers" (
	"booking_id" text PRIMARY KEY NOT NULL,
	"stripe_customer_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stripe_customers_stripe_customer_id_unique" UNIQUE("stripe_customer_id")
);
--> statement-breakpoint
CREATE TABLE "dunning_levels" (
	"venue_id" text NOT NULL,
	"level" integer NOT NULL,
	"days_after_due" integer NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"sends_letter" boolean NOT NULL,
	"proposes_block" boolean NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "dunning_levels_venue_id_level_pk" PRIMARY KEY("venue_id","level")
);
--> statement-breakpoint
CREATE TABLE "dunnings" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"charge_id" text NOT NULL,
	"level" integer NOT NULL,
	"due_on" date NOT NULL,
	"overdue_yen" integer NOT NULL,
	"cause" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"sent_by_account_id" text,
	CONSTRAINT "dunnings_cause_unique" UNIQUE("cause")
);
--> statement-breakpoint
CREATE TABLE "instalment_terms" (
	"venue_id" text NOT NULL,
	"room_class" text NOT NULL,
	"position" integer NOT NULL,
	"share_bp" integer NOT NULL,
	"due_from" text NOT NULL,
	"due_count" integer NOT NULL,
	"due_unit" text NOT NULL,
	"yen_least" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "instalment_terms_venue_id_room_class_position_pk" PRIMARY KEY("venue_id","room_class","position")
);
--> statement-breakpoint
CREATE TABLE "money_limits" (
	"venue_id" text NOT NULL,
	"deed" text NOT NULL,
	"role" text NOT NULL,
	"yen_most" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "money_limits_venue_id_deed_role_pk" PRIMARY KEY("venue_id","deed","role")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"payment_id" text NOT NULL,
	"booking_id" text,
	"amount_yen" integer NOT NULL,
	"reason" text NOT NULL,
	"note" text,
	"route" text NOT NULL,
	"state" text NOT NULL,
	"cause" text,
	"stripe_refund_id" text,
	"failure_code" text,
	"expires_at" timestamp with time zone,
	"payee" jsonb,
	"requested_by_account_id" text,
	"decided_by_account_id" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"paid_out_by_account_id" text,
	"finished_at" timestamp with time zone,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "refunds_cause_unique" UNIQUE("cause"),
	CONSTRAINT "refunds_stripe_refund_id_unique" UNIQUE("stripe_refund_id"),
	CONSTRAINT "refunds_positive" CHECK ("refunds"."amount_yen" > 0),
	CONSTRAINT "refunds_by_two" CHECK ("refunds"."decided_by_account_id" is null or "refunds"."requested_by_account_id" is null
        or "refunds"."decided_by_account_id" <> "refunds"."requested_by_account_id")
);
--> statement-breakpoint
CREATE TABLE "write_offs" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"requested_by_account_id" text NOT NULL,
	"decided_by_account_id" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "write_offs_positive" CHECK ("write_offs"."amount_yen" > 0),
	CONSTRAINT "write_offs_by_two" CHECK ("write_offs"."decided_by_account_id" is null
        or "write_offs"."decided_by_account_id" <> "write_offs"."requested_by_account_id")
);
--> statement-breakpoint
CREATE TABLE "bank_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"bank_code" text NOT NULL,
	"bank_name" text NOT NULL,
	"branch_code" text NOT NULL,
	"branch_name" text NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"holder_kana" text NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "bank_accounts_bank_code_branch_code_kind_number_unique" UNIQUE("bank_code","branch_code","kind","number")
);
--> statement-breakpoint
CREATE TABLE "bank_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"file_sha256" text NOT NULL,
	"kind" text NOT NULL,
	"line_count" integer NOT NULL,
	"known_count" integer NOT NULL,
	"total_yen" integer NOT NULL,
	"imported_by_account_id" text,
	"imported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bank_imports_file_sha256_unique" UNIQUE("file_sha256")
);
--> statement-breakpoint
CREATE TABLE "bank_lines" (
	"id" text PRIMARY KEY NOT NULL,
	"import_id" text NOT NULL,
	"bank_account_id" text NOT NULL,
	"line_number" integer NOT NULL,
	"line_key" text NOT NULL,
	"booked_on" date NOT NULL,
	"value_on" date NOT NULL,
	"reference" text NOT NULL,
	"is_incoming" boolean NOT NULL,
	"is_cancelled" boolean NOT NULL,
	"amount_yen" integer NOT NULL,
	"payer_code" text NOT NULL,
	"payer_name" text NOT NULL,
	"bank_name" text NOT NULL,
	"branch_name" text NOT NULL,
	"message" text NOT NULL,
	"payment_id" text,
	"ignored_reason" text,
	"ignored_by_account_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bank_lines_line_key_unique" UNIQUE("line_key"),
	CONSTRAINT "bank_lines_payment_id_unique" UNIQUE("payment_id")
);
--> statement-breakpoint
ALTER TABLE "documents" ALTER COLUMN "booking_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "money_events" ALTER COLUMN "booking_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "cancel_ground" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "venue_id" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "organization_id" text;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "verification_code" text;--> statement-breakpoint
ALTER TABLE "charges" ADD COLUMN "tax_rate_bp" integer DEFAULT 1000 NOT NULL;--> statement-breakpoint
ALTER TABLE "money_events" ADD COLUMN "venue_id" text;--> statement-breakpoint
ALTER TABLE "money_events" ADD COLUMN "payment_id" text;--> statement-breakpoint
ALTER TABLE "money_events" ADD COLUMN "refund_id" text;--> statement-breakpoint
ALTER TABLE "money_events" ADD COLUMN "booked_on" date;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "transfer" jsonb;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "funded_yen" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
-- What was recorded so far gets its venue, its day of the books and its payment; only columns that
-- did not exist are written.
ALTER TABLE money_events DISABLE TRIGGER append_only;--> statement-breakpoint
ALTER TABLE documents DISABLE TRIGGER append_only;--> statement-breakpoint
INSERT INTO payments (id, venue_id, method, amount_yen, attempt_id, cause, paid_via, received_at, actor, created_at)
  SELECT 'pay_' || substr(tried.id, 5), booked.venue_id, tried.method, -event.amount_yen, tried.id, event.cause,
    tried.paid_via, event.happened_at, event.actor, event.recorded_at
  FROM money_events event
  JOIN payment_attempts tried ON tried.id = event.attempt_id
  JOIN bookings booked ON booked.id = event.booking_id
  WHERE event.kind = 'received';--> statement-breakpoint
INSERT INTO allocations (id, payment_id, booking_id, amount_yen, actor, created_at)
  SELECT 'alc_' || substr(tried.id, 5), 'pay_' || substr(tried.id, 5), event.booking_id, -event.amount_yen,
    event.actor, event.recorded_at
  FROM money_events event JOIN payment_attempts tried ON tried.id = event.attempt_id
  WHERE event.kind = 'received';--> statement-breakpoint
UPDATE money_events event SET venue_id = booked.venue_id,
    booked_on = (event.recorded_at AT TIME ZONE 'Asia/Tokyo')::date,
    payment_id = CASE WHEN event.kind = 'received' THEN 'pay_' || substr(event.attempt_id, 5) END
  FROM bookings booked WHERE booked.id = event.booking_id;--> statement-breakpoint
UPDATE documents paper SET venue_id = booked.venue_id, organization_id = booked.organization_id,
    verification_code = upper(substr(encode(sha256((paper.id || paper.content_sha256)::bytea), 'hex'), 1, 20))
  FROM bookings booked WHERE booked.id = paper.booking_id;--> statement-breakpoint
INSERT INTO document_bookings (document_id, booking_id)
  SELECT id, booking_id FROM documents WHERE booking_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE money_events ENABLE TRIGGER append_only;--> statement-breakpoint
ALTER TABLE documents ENABLE TRIGGER append_only;--> statement-breakpoint
ALTER TABLE money_events ALTER COLUMN venue_id SET NOT NULL, ALTER COLUMN booked_on SET NOT NULL;--> statement-breakpoint
ALTER TABLE documents ALTER COLUMN venue_id SET NOT NULL, ALTER COLUMN organization_id SET NOT NULL,
  ALTER COLUMN verification_code SET NOT NULL;--> statement-breakpoint
ALTER TABLE "cancellation_terms" ADD CONSTRAINT "cancellation_terms_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closings" ADD CONSTRAINT "closings_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closings" ADD CONSTRAINT "closings_closed_by_account_id_accounts_id_fk" FOREIGN KEY ("closed_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_accounts" ADD CONSTRAINT "journal_accounts_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_bookings" ADD CONSTRAINT "document_bookings_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_bookings" ADD CONSTRAINT "document_bookings_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_reissues" ADD CONSTRAINT "document_reissues_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_movements" ADD CONSTRAINT "cash_movements_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cash_movements" ADD CONSTRAINT "cash_movements_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drawer_counts" ADD CONSTRAINT "drawer_counts_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drawer_counts" ADD CONSTRAINT "drawer_counts_counted_by_account_id_accounts_id_fk" FOREIGN KEY ("counted_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_charges" ADD CONSTRAINT "invoice_charges_invoice_id_invoices_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "public"."invoices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoice_charges" ADD CONSTRAINT "invoice_charges_charge_id_charges_id_fk" FOREIGN KEY ("charge_id") REFERENCES "public"."charges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_made_by_account_id_accounts_id_fk" FOREIGN KEY ("made_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "allocations" ADD CONSTRAINT "allocations_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_blocks" ADD CONSTRAINT "organization_blocks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_blocks" ADD CONSTRAINT "organization_blocks_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_blocks" ADD CONSTRAINT "organization_blocks_blocked_by_account_id_accounts_id_fk" FOREIGN KEY ("blocked_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_blocks" ADD CONSTRAINT "organization_blocks_lifted_by_account_id_accounts_id_fk" FOREIGN KEY ("lifted_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalments" ADD CONSTRAINT "instalments_charge_id_charges_id_fk" FOREIGN KEY ("charge_id") REFERENCES "public"."charges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stripe_customers" ADD CONSTRAINT "stripe_customers_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_levels" ADD CONSTRAINT "dunning_levels_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunnings" ADD CONSTRAINT "dunnings_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunnings" ADD CONSTRAINT "dunnings_charge_id_charges_id_fk" FOREIGN KEY ("charge_id") REFERENCES "public"."charges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunnings" ADD CONSTRAINT "dunnings_sent_by_account_id_accounts_id_fk" FOREIGN KEY ("sent_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instalment_terms" ADD CONSTRAINT "instalment_terms_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_limits" ADD CONSTRAINT "money_limits_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_requested_by_account_id_accounts_id_fk" FOREIGN KEY ("requested_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_decided_by_account_id_accounts_id_fk" FOREIGN KEY ("decided_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_paid_out_by_account_id_accounts_id_fk" FOREIGN KEY ("paid_out_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "write_offs" ADD CONSTRAINT "write_offs_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "write_offs" ADD CONSTRAINT "write_offs_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "write_offs" ADD CONSTRAINT "write_offs_requested_by_account_id_accounts_id_fk" FOREIGN KEY ("requested_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "write_offs" ADD CONSTRAINT "write_offs_decided_by_account_id_accounts_id_fk" FOREIGN KEY ("decided_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_accounts" ADD CONSTRAINT "bank_accounts_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_imports" ADD CONSTRAINT "bank_imports_imported_by_account_id_accounts_id_fk" FOREIGN KEY ("imported_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_import_id_bank_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."bank_imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_bank_account_id_bank_accounts_id_fk" FOREIGN KEY ("bank_account_id") REFERENCES "public"."bank_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_ignored_by_account_id_accounts_id_fk" FOREIGN KEY ("ignored_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_bookings_booking_id_index" ON "document_bookings" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "cash_movements_venue_id_moved_at_index" ON "cash_movements" USING btree ("venue_id","moved_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_charges_once" ON "invoice_charges" USING btree ("charge_id") WHERE "invoice_charges"."is_live";--> statement-breakpoint
CREATE INDEX "invoices_organization_id_index" ON "invoices" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "allocations_payment_id_index" ON "allocations" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "allocations_booking_id_index" ON "allocations" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "payments_venue_id_received_at_index" ON "payments" USING btree ("venue_id","received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "organization_blocks_one_live" ON "organization_blocks" USING btree ("organization_id","venue_id") WHERE "organization_blocks"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "dunnings_booking_id_index" ON "dunnings" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "refunds_booking_id_index" ON "refunds" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "refunds_payment_id_index" ON "refunds" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "refunds_venue_id_state_index" ON "refunds" USING btree ("venue_id","state");--> statement-breakpoint
CREATE INDEX "write_offs_booking_id_index" ON "write_offs" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "bank_lines_import_id_index" ON "bank_lines" USING btree ("import_id");--> statement-breakpoint
CREATE INDEX "bank_lines_bank_account_id_booked_on_index" ON "bank_lines" USING btree ("bank_account_id","booked_on");--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_events" ADD CONSTRAINT "money_events_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_events" ADD CONSTRAINT "money_events_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "documents_organization_id_index" ON "documents" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "money_events_payment_id_index" ON "money_events" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "money_events_venue_id_booked_on_index" ON "money_events" USING btree ("venue_id","booked_on");--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_verification_code_unique" UNIQUE("verification_code");