CREATE TABLE "amendments" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"booking_version" integer NOT NULL,
	"proposed_by" text NOT NULL,
	"actor" jsonb NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"asked" jsonb NOT NULL,
	"quote" jsonb NOT NULL,
	"difference_yen" integer NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by_account_id" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "booking_looks" (
	"booking_id" text NOT NULL,
	"account_id" text NOT NULL,
	"looked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "booking_looks_booking_id_account_id_looked_at_pk" PRIMARY KEY("booking_id","account_id","looked_at")
);
--> statement-breakpoint
CREATE TABLE "booking_versions" (
	"booking_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"quote_id" text NOT NULL,
	"actor" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "booking_versions_booking_id_version_pk" PRIMARY KEY("booking_id","version")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"given_by" text NOT NULL,
	"channel" text NOT NULL,
	"note" text NOT NULL,
	"recorded_by_account_id" text,
	"recorded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waiting_claims" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"cell_id" text NOT NULL,
	"during" "tstzrange" NOT NULL,
	"released_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "closure_effects" (
	"id" text PRIMARY KEY NOT NULL,
	"closure_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"decision" text NOT NULL,
	"consent_id" text,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "closure_effects_closure_id_booking_id_unique" UNIQUE("closure_id","booking_id")
);
--> statement-breakpoint
CREATE TABLE "equipment_items" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"group_ja" text NOT NULL,
	"group_en" text NOT NULL,
	"stock" integer NOT NULL,
	"unit_ja" text NOT NULL,
	"unit_en" text NOT NULL,
	"price_unit" text NOT NULL,
	"unit_fee_yen" integer NOT NULL,
	"move_minutes" integer NOT NULL,
	"is_retired" boolean DEFAULT false NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	"sort_order" integer NOT NULL,
	CONSTRAINT "equipment_items_venue_id_code_unique" UNIQUE("venue_id","code"),
	CONSTRAINT "equipment_items_stock" CHECK ("equipment_items"."stock" >= 0)
);
--> statement-breakpoint
CREATE TABLE "equipment_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"use_id" text,
	"item_id" text NOT NULL,
	"quantity" integer NOT NULL,
	"actual_quantity" integer,
	"state" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "equipment_requests_positive" CHECK ("equipment_requests"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "equipment_takes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"request_id" text NOT NULL,
	"item_id" text NOT NULL,
	"during" "tstzrange" NOT NULL,
	"quantity" integer NOT NULL,
	"released_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "file_contents" (
	"file_id" text PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"uploaded_by_account_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "lotteries" (
	"id" text PRIMARY KEY NOT NULL,
	"opening_period_id" text NOT NULL,
	"venue_id" text NOT NULL,
	"room_class" text NOT NULL,
	"uses_from" date NOT NULL,
	"uses_until" date NOT NULL,
	"collects_from" timestamp with time zone NOT NULL,
	"collects_until" timestamp with time zone NOT NULL,
	"draws_at" timestamp with time zone NOT NULL,
	"accept_by" timestamp with time zone NOT NULL,
	"entries_most" integer NOT NULL,
	"seed_hash" text NOT NULL,
	"seed" text NOT NULL,
	"created_by_account_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lotteries_opening_period_id_unique" UNIQUE("opening_period_id")
);
--> statement-breakpoint
CREATE TABLE "lottery_draws" (
	"lottery_id" text PRIMARY KEY NOT NULL,
	"seed" text NOT NULL,
	"order" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lottery_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"lottery_id" text NOT NULL,
	"number" integer NOT NULL,
	"organization_id" text NOT NULL,
	"account_id" text,
	"asked" jsonb NOT NULL,
	"claims" jsonb NOT NULL,
	"state" text NOT NULL,
	"booking_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "lottery_entries_lottery_id_number_unique" UNIQUE("lottery_id","number")
);
--> statement-breakpoint
CREATE TABLE "parking_takes" (
	"booking_id" text NOT NULL,
	"venue_id" text NOT NULL,
	"used_on" date NOT NULL,
	"spaces" integer NOT NULL,
	CONSTRAINT "parking_takes_booking_id_used_on_pk" PRIMARY KEY("booking_id","used_on")
);
--> statement-breakpoint
CREATE TABLE "plan_items" (
	"booking_id" text NOT NULL,
	"code" text NOT NULL,
	"state" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"file_id" text,
	"settled_by_account_id" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "plan_items_booking_id_code_pk" PRIMARY KEY("booking_id","code")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"booking_id" text PRIMARY KEY NOT NULL,
	"meets_at" timestamp with time zone,
	"met_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "presences" (
	"use_id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"arrived_at" timestamp with time zone,
	"left_at" timestamp with time zone,
	"recorded_by_account_id" text
);
--> statement-breakpoint
CREATE TABLE "run_sheets" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"used_on" date NOT NULL,
	"number" integer NOT NULL,
	"content" jsonb NOT NULL,
	"printed_at" timestamp with time zone NOT NULL,
	"printed_by_account_id" text,
	CONSTRAINT "run_sheets_venue_id_used_on_number_unique" UNIQUE("venue_id","used_on","number")
);
--> statement-breakpoint
CREATE TABLE "booking_policies" (
	"venue_id" text NOT NULL,
	"room_class" text NOT NULL,
	"hold_days" integer NOT NULL,
	"remind_days_before" integer[] NOT NULL,
	"request_deadline_days" integer NOT NULL,
	"amend_deadline_days" integer NOT NULL,
	"run_days_most" integer NOT NULL,
	"options_most" integer NOT NULL,
	"challenge_hours" integer NOT NULL,
	"offer_hours" integer NOT NULL,
	"buffer_minutes" integer NOT NULL,
	"allows_overtime" boolean NOT NULL,
	"approves_automatically" boolean NOT NULL,
	"amendments_need_approval" boolean NOT NULL,
	"approver_roles" text[] NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "booking_policies_venue_id_room_class_pk" PRIMARY KEY("venue_id","room_class")
);
--> statement-breakpoint
CREATE TABLE "checklist_items" (
	"venue_id" text NOT NULL,
	"room_class" text NOT NULL,
	"code" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"due_days_before" integer NOT NULL,
	"needs_file" boolean NOT NULL,
	"sort_order" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "checklist_items_venue_id_room_class_code_pk" PRIMARY KEY("venue_id","room_class","code")
);
--> statement-breakpoint
CREATE TABLE "parking_capacities" (
	"venue_id" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"spaces" integer NOT NULL,
	"reason_ja" text NOT NULL,
	"reason_en" text NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "parking_capacities_venue_id_starts_on_pk" PRIMARY KEY("venue_id","starts_on")
);
--> statement-breakpoint
CREATE TABLE "prohibited_uses" (
	"venue_id" text NOT NULL,
	"code" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"sort_order" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "prohibited_uses_venue_id_code_pk" PRIMARY KEY("venue_id","code")
);
--> statement-breakpoint
CREATE TABLE "reduction_grounds" (
	"venue_id" text NOT NULL,
	"code" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"reduced_bp" integer NOT NULL,
	"excludes_commercial" boolean NOT NULL,
	"sort_order" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "reduction_grounds_venue_id_code_pk" PRIMARY KEY("venue_id","code")
);
--> statement-breakpoint
CREATE TABLE "refusal_grounds" (
	"venue_id" text NOT NULL,
	"code" text NOT NULL,
	"ground_ja" text NOT NULL,
	"ground_en" text NOT NULL,
	"sort_order" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "refusal_grounds_venue_id_code_pk" PRIMARY KEY("venue_id","code")
);
--> statement-breakpoint
CREATE TABLE "reduction_applications" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"ground_code" text NOT NULL,
	"reduced_bp" integer NOT NULL,
	"explanation" text NOT NULL,
	"state" text NOT NULL,
	"decision_reason" text,
	"decided_at" timestamp with time zone,
	"decided_by_account_id" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"created_by_account_id" text,
	"title" text NOT NULL,
	"version" integer NOT NULL,
	"rule" jsonb NOT NULL,
	"template" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "series_dates" (
	"series_id" text NOT NULL,
	"planned_on" date NOT NULL,
	"state" text NOT NULL,
	"booking_id" text,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "series_dates_series_id_planned_on_pk" PRIMARY KEY("series_id","planned_on"),
	CONSTRAINT "series_dates_booking_id_unique" UNIQUE("booking_id")
);
--> statement-breakpoint
CREATE TABLE "settlements" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"state" text NOT NULL,
	"content" jsonb NOT NULL,
	"total_yen" integer NOT NULL,
	"tax_yen" integer NOT NULL,
	"is_provisional" boolean NOT NULL,
	"made_by_account_id" text,
	"settled_by_account_id" text,
	"settled_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "settlements_booking_id_unique" UNIQUE("booking_id")
);
--> statement-breakpoint
CREATE TABLE "opening_periods" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"room_class" text NOT NULL,
	"uses_from" date NOT NULL,
	"uses_until" date NOT NULL,
	"method" text NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "meter_readings" (
	"id" text PRIMARY KEY NOT NULL,
	"meter_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"used_on" date NOT NULL,
	"start_value" numeric NOT NULL,
	"end_value" numeric,
	"read_by_account_id" text,
	"read_at" timestamp with time zone NOT NULL,
	"checked_by_account_id" text,
	"checked_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "meter_readings_meter_id_booking_id_used_on_unique" UNIQUE("meter_id","booking_id","used_on"),
	CONSTRAINT "meter_readings_forward" CHECK ("meter_readings"."end_value" is null or "meter_readings"."end_value" >= "meter_readings"."start_value"),
	CONSTRAINT "meter_readings_two_people" CHECK ("meter_readings"."checked_by_account_id" is null or "meter_readings"."checked_by_account_id" <> "meter_readings"."read_by_account_id"),
	CONSTRAINT "meter_readings_checked_whole" CHECK ("meter_readings"."checked_at" is null or "meter_readings"."end_value" is not null)
);
--> statement-breakpoint
CREATE TABLE "meters" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"utility" text NOT NULL,
	"code" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"unit" text NOT NULL,
	"is_retired" boolean DEFAULT false NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "meters_room_id_code_unique" UNIQUE("room_id","code")
);
--> statement-breakpoint
CREATE TABLE "utility_charges" (
	"id" text PRIMARY KEY NOT NULL,
	"reading_id" text NOT NULL,
	"term_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"quantity" numeric NOT NULL,
	"amount_yen" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "utility_charges_reading_id_unique" UNIQUE("reading_id")
);
--> statement-breakpoint
CREATE TABLE "utility_terms" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"utility" text NOT NULL,
	"effective_from" date NOT NULL,
	"fee_includes" boolean NOT NULL,
	"unit_fee_centiyen" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by_account_id" text
);
--> statement-breakpoint
ALTER TABLE "occupancies" DROP CONSTRAINT "occupancies_use_id_booking_uses_id_fk";
--> statement-breakpoint
DROP INDEX "bookings_hold_expiry";--> statement-breakpoint
ALTER TABLE "tariff_prices" DROP CONSTRAINT "tariff_prices_tariff_id_configuration_id_band_code_customer_class_pk";--> statement-breakpoint
ALTER TABLE "booking_uses" ADD COLUMN "attendance" integer;--> statement-breakpoint
ALTER TABLE "booking_uses" ADD COLUMN "early_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "booking_uses" ADD COLUMN "late_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "queued_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "challenged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "challenge_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "challenged_by_booking_id" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "promoted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "origin_booking_id" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "origin_kind" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "reduction" jsonb;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "priority_reason" text;--> statement-breakpoint
ALTER TABLE "occupancies" ADD COLUMN "is_buffer" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD COLUMN "day_type" text DEFAULT 'all' NOT NULL;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD CONSTRAINT "tariff_prices_tariff_id_configuration_id_band_code_day_type_customer_class_pk" PRIMARY KEY("tariff_id","configuration_id","band_code","day_type","customer_class");--> statement-breakpoint
ALTER TABLE "tariffs" ADD COLUMN "holiday_rule" jsonb;--> statement-breakpoint
ALTER TABLE "tariffs" ADD COLUMN "overtime" jsonb;--> statement-breakpoint
ALTER TABLE "charges" ADD COLUMN "kind" text DEFAULT 'booking' NOT NULL;--> statement-breakpoint
ALTER TABLE "charges" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "closures" ADD COLUMN "cell_ids" text[];--> statement-breakpoint
ALTER TABLE "closures" ADD COLUMN "band_code" text;--> statement-breakpoint
ALTER TABLE "closures" ADD COLUMN "state" text DEFAULT 'in_force' NOT NULL;--> statement-breakpoint
ALTER TABLE "closures" ADD COLUMN "letters_leave_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "closures" ADD COLUMN "letters_sent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "closures" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "closures" ADD COLUMN "created_by_account_id" text;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_decided_by_account_id_accounts_id_fk" FOREIGN KEY ("decided_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_looks" ADD CONSTRAINT "booking_looks_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_looks" ADD CONSTRAINT "booking_looks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_versions" ADD CONSTRAINT "booking_versions_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_versions" ADD CONSTRAINT "booking_versions_quote_id_booking_quotes_id_fk" FOREIGN KEY ("quote_id") REFERENCES "public"."booking_quotes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_recorded_by_account_id_accounts_id_fk" FOREIGN KEY ("recorded_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_claims" ADD CONSTRAINT "waiting_claims_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_claims" ADD CONSTRAINT "waiting_claims_cell_id_cells_id_fk" FOREIGN KEY ("cell_id") REFERENCES "public"."cells"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closure_effects" ADD CONSTRAINT "closure_effects_closure_id_closures_id_fk" FOREIGN KEY ("closure_id") REFERENCES "public"."closures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closure_effects" ADD CONSTRAINT "closure_effects_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closure_effects" ADD CONSTRAINT "closure_effects_consent_id_consents_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_items" ADD CONSTRAINT "equipment_items_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_requests" ADD CONSTRAINT "equipment_requests_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_requests" ADD CONSTRAINT "equipment_requests_use_id_booking_uses_id_fk" FOREIGN KEY ("use_id") REFERENCES "public"."booking_uses"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_requests" ADD CONSTRAINT "equipment_requests_item_id_equipment_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."equipment_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_takes" ADD CONSTRAINT "equipment_takes_request_id_equipment_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."equipment_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equipment_takes" ADD CONSTRAINT "equipment_takes_item_id_equipment_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."equipment_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_contents" ADD CONSTRAINT "file_contents_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_uploaded_by_account_id_accounts_id_fk" FOREIGN KEY ("uploaded_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lotteries" ADD CONSTRAINT "lotteries_opening_period_id_opening_periods_id_fk" FOREIGN KEY ("opening_period_id") REFERENCES "public"."opening_periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lotteries" ADD CONSTRAINT "lotteries_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lotteries" ADD CONSTRAINT "lotteries_created_by_account_id_accounts_id_fk" FOREIGN KEY ("created_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lottery_draws" ADD CONSTRAINT "lottery_draws_lottery_id_lotteries_id_fk" FOREIGN KEY ("lottery_id") REFERENCES "public"."lotteries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lottery_entries" ADD CONSTRAINT "lottery_entries_lottery_id_lotteries_id_fk" FOREIGN KEY ("lottery_id") REFERENCES "public"."lotteries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lottery_entries" ADD CONSTRAINT "lottery_entries_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lottery_entries" ADD CONSTRAINT "lottery_entries_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lottery_entries" ADD CONSTRAINT "lottery_entries_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parking_takes" ADD CONSTRAINT "parking_takes_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parking_takes" ADD CONSTRAINT "parking_takes_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_items" ADD CONSTRAINT "plan_items_settled_by_account_id_accounts_id_fk" FOREIGN KEY ("settled_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presences" ADD CONSTRAINT "presences_use_id_booking_uses_id_fk" FOREIGN KEY ("use_id") REFERENCES "public"."booking_uses"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presences" ADD CONSTRAINT "presences_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "presences" ADD CONSTRAINT "presences_recorded_by_account_id_accounts_id_fk" FOREIGN KEY ("recorded_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_sheets" ADD CONSTRAINT "run_sheets_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_sheets" ADD CONSTRAINT "run_sheets_printed_by_account_id_accounts_id_fk" FOREIGN KEY ("printed_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_policies" ADD CONSTRAINT "booking_policies_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parking_capacities" ADD CONSTRAINT "parking_capacities_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prohibited_uses" ADD CONSTRAINT "prohibited_uses_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reduction_grounds" ADD CONSTRAINT "reduction_grounds_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refusal_grounds" ADD CONSTRAINT "refusal_grounds_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reduction_applications" ADD CONSTRAINT "reduction_applications_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reduction_applications" ADD CONSTRAINT "reduction_applications_decided_by_account_id_accounts_id_fk" FOREIGN KEY ("decided_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_created_by_account_id_accounts_id_fk" FOREIGN KEY ("created_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_dates" ADD CONSTRAINT "series_dates_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_dates" ADD CONSTRAINT "series_dates_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_made_by_account_id_accounts_id_fk" FOREIGN KEY ("made_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settlements" ADD CONSTRAINT "settlements_settled_by_account_id_accounts_id_fk" FOREIGN KEY ("settled_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "opening_periods" ADD CONSTRAINT "opening_periods_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meter_readings" ADD CONSTRAINT "meter_readings_meter_id_meters_id_fk" FOREIGN KEY ("meter_id") REFERENCES "public"."meters"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meter_readings" ADD CONSTRAINT "meter_readings_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meter_readings" ADD CONSTRAINT "meter_readings_read_by_account_id_accounts_id_fk" FOREIGN KEY ("read_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meter_readings" ADD CONSTRAINT "meter_readings_checked_by_account_id_accounts_id_fk" FOREIGN KEY ("checked_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "meters" ADD CONSTRAINT "meters_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "utility_charges" ADD CONSTRAINT "utility_charges_reading_id_meter_readings_id_fk" FOREIGN KEY ("reading_id") REFERENCES "public"."meter_readings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "utility_charges" ADD CONSTRAINT "utility_charges_term_id_utility_terms_id_fk" FOREIGN KEY ("term_id") REFERENCES "public"."utility_terms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "utility_charges" ADD CONSTRAINT "utility_charges_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "utility_terms" ADD CONSTRAINT "utility_terms_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "utility_terms" ADD CONSTRAINT "utility_terms_created_by_account_id_accounts_id_fk" FOREIGN KEY ("created_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "amendments_booking_id_index" ON "amendments" USING btree ("booking_id");--> statement-breakpoint
CREATE UNIQUE INDEX "amendments_one_proposed" ON "amendments" USING btree ("booking_id") WHERE state = 'proposed';--> statement-breakpoint
CREATE INDEX "consents_booking_id_index" ON "consents" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "waiting_claims_booking_id_index" ON "waiting_claims" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "equipment_requests_booking_id_index" ON "equipment_requests" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "equipment_takes_request_id_index" ON "equipment_takes" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "files_subject_id_index" ON "files" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "lotteries_venue_id_uses_from_index" ON "lotteries" USING btree ("venue_id","uses_from");--> statement-breakpoint
CREATE INDEX "lottery_entries_organization_id_index" ON "lottery_entries" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "reduction_applications_booking_id_index" ON "reduction_applications" USING btree ("booking_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reduction_applications_one_live" ON "reduction_applications" USING btree ("booking_id") WHERE state in ('applied', 'approved');--> statement-breakpoint
CREATE INDEX "series_organization_id_index" ON "series" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "opening_periods_venue_id_uses_from_index" ON "opening_periods" USING btree ("venue_id","uses_from");--> statement-breakpoint
CREATE INDEX "meter_readings_booking_id_index" ON "meter_readings" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "utility_charges_booking_id_index" ON "utility_charges" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "utility_terms_room_id_utility_effective_from_index" ON "utility_terms" USING btree ("room_id","utility","effective_from");--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_challenged_by_booking_id_bookings_id_fk" FOREIGN KEY ("challenged_by_booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_origin_booking_id_bookings_id_fk" FOREIGN KEY ("origin_booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancies" ADD CONSTRAINT "occupancies_use_id_booking_uses_id_fk" FOREIGN KEY ("use_id") REFERENCES "public"."booking_uses"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closures" ADD CONSTRAINT "closures_created_by_account_id_accounts_id_fk" FOREIGN KEY ("created_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bookings_hold_expiry" ON "bookings" USING btree ("hold_expires_at") WHERE state in ('held', 'optioned', 'waiting');--> statement-breakpoint
ALTER TABLE "charges" ADD CONSTRAINT "charges_cause_unique" UNIQUE("cause");--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_in_line_since" CHECK ("bookings"."state" not in ('optioned', 'waiting') or "bookings"."queued_at" is not null);