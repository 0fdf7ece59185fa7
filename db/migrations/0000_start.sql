CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"locale" text DEFAULT 'ja' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"external_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"account_id" text NOT NULL,
	"venue_id" text NOT NULL,
	"role" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "staff_roles_account_id_venue_id_role_pk" PRIMARY KEY("account_id","venue_id","role")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" text PRIMARY KEY NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	"actor" jsonb NOT NULL,
	"action" text NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "booking_quotes" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"booking_version" integer NOT NULL,
	"tariff_id" text NOT NULL,
	"total_yen" integer NOT NULL,
	"tax_yen" integer NOT NULL,
	"is_provisional" boolean NOT NULL,
	"content" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "booking_uses" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"position" integer NOT NULL,
	"room_id" text NOT NULL,
	"configuration_id" text NOT NULL,
	"used_on" date NOT NULL,
	"band_code" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"phase" text NOT NULL,
	"layout" text,
	"cooling_minutes" integer DEFAULT 0 NOT NULL,
	"heating_minutes" integer DEFAULT 0 NOT NULL,
	"wired_lan" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bookings" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"venue_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"created_by_account_id" text,
	"state" text NOT NULL,
	"version" integer NOT NULL,
	"title" text NOT NULL,
	"purpose" text NOT NULL,
	"attendance" integer,
	"admission_max_yen" integer NOT NULL,
	"is_commercial" boolean NOT NULL,
	"customer_class" text NOT NULL,
	"is_public" boolean NOT NULL,
	"purpose_type" text,
	"purpose_id" text,
	"hold_expires_at" timestamp with time zone NOT NULL,
	"requested_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"decided_by_account_id" text,
	"refusal_reason" text,
	"refusal_ground" text,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bookings_number_unique" UNIQUE("number"),
	CONSTRAINT "bookings_refusal_has_ground" CHECK ("bookings"."state" <> 'refused' or ("bookings"."refusal_reason" is not null and "bookings"."refusal_ground" is not null))
);
--> statement-breakpoint
CREATE TABLE "occupancies" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"cell_id" text NOT NULL,
	"during" "tstzrange" NOT NULL,
	"state" text NOT NULL,
	"booking_id" text,
	"use_id" text,
	"closure_id" text,
	"expires_at" timestamp with time zone,
	"released_at" timestamp with time zone,
	CONSTRAINT "occupancies_have_one_cause" CHECK (num_nonnulls("occupancies"."booking_id", "occupancies"."closure_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "calendar_feeds" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"organization_id" text NOT NULL,
	"token_sha256" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "calendar_feeds_token_sha256_unique" UNIQUE("token_sha256")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"booking_id" text NOT NULL,
	"attempt_id" text,
	"cause" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_sha256" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "documents_number_unique" UNIQUE("number"),
	CONSTRAINT "documents_cause_unique" UNIQUE("cause")
);
--> statement-breakpoint
CREATE TABLE "tariff_extras" (
	"tariff_id" text NOT NULL,
	"code" text NOT NULL,
	"configuration_id" text NOT NULL,
	"unit" text NOT NULL,
	"unit_fee_yen" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "tariff_extras_tariff_id_code_configuration_id_pk" PRIMARY KEY("tariff_id","code","configuration_id")
);
--> statement-breakpoint
CREATE TABLE "tariff_prices" (
	"tariff_id" text NOT NULL,
	"configuration_id" text NOT NULL,
	"band_code" text NOT NULL,
	"customer_class" text NOT NULL,
	"fee_yen" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "tariff_prices_tariff_id_configuration_id_band_code_customer_class_pk" PRIMARY KEY("tariff_id","configuration_id","band_code","customer_class")
);
--> statement-breakpoint
CREATE TABLE "tariff_rules" (
	"tariff_id" text NOT NULL,
	"code" text NOT NULL,
	"sort_order" integer NOT NULL,
	"condition" jsonb NOT NULL,
	"operation" jsonb NOT NULL,
	"reason_ja" text NOT NULL,
	"reason_en" text NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "tariff_rules_tariff_id_code_pk" PRIMARY KEY("tariff_id","code")
);
--> statement-breakpoint
CREATE TABLE "tariffs" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"name_ja" text NOT NULL,
	"effective_from" date NOT NULL,
	"effective_until" date,
	"tax_rate_bp" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	"provisional_rule_ja" text NOT NULL,
	"provisional_rule_en" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"owner" text NOT NULL,
	"key" text NOT NULL,
	"request_sha256" text NOT NULL,
	"status" integer,
	"body" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_owner_key_pk" PRIMARY KEY("owner","key")
);
--> statement-breakpoint
CREATE TABLE "number_sequences" (
	"id" text PRIMARY KEY NOT NULL,
	"last_number" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization_members" (
	"organization_id" text NOT NULL,
	"account_id" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	CONSTRAINT "organization_members_organization_id_account_id_pk" PRIMARY KEY("organization_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"name_kana" text,
	"contact_name" text NOT NULL,
	"phone" text NOT NULL,
	"email" text NOT NULL,
	"postal_code" text,
	"address" text,
	"sme_status" text DEFAULT 'none' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailbox_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"from_address" text NOT NULL,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"booking_id" text,
	"to_address" text NOT NULL,
	"locale" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"failure" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "charges" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"tax_yen" integer NOT NULL,
	"is_provisional" boolean NOT NULL,
	"due_on" date NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"reversed_at" timestamp with time zone,
	CONSTRAINT "charges_not_negative" CHECK ("charges"."amount_yen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "money_events" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"charge_id" text,
	"attempt_id" text,
	"kind" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"cause" text NOT NULL,
	"actor" jsonb NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "money_events_cause_unique" UNIQUE("cause")
);
--> statement-breakpoint
CREATE TABLE "payment_attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"charge_id" text NOT NULL,
	"booking_id" text NOT NULL,
	"method" text NOT NULL,
	"state" text NOT NULL,
	"amount_yen" integer NOT NULL,
	"stripe_payment_intent_id" text,
	"voucher" jsonb,
	"expires_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"failure_code" text,
	"paid_via" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payment_attempts_stripe_payment_intent_id_unique" UNIQUE("stripe_payment_intent_id"),
	CONSTRAINT "payment_attempts_positive" CHECK ("payment_attempts"."amount_yen" > 0)
);
--> statement-breakpoint
CREATE TABLE "stripe_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"api_version" text,
	"payload" jsonb NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"processed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "occupancy_definitions" (
	"figure_id" text NOT NULL,
	"effective_from" date NOT NULL,
	"definition" text NOT NULL,
	"counts_setup" boolean NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "occupancy_definitions_figure_id_effective_from_pk" PRIMARY KEY("figure_id","effective_from")
);
--> statement-breakpoint
CREATE TABLE "occupancy_figure_rooms" (
	"figure_id" text NOT NULL,
	"room_id" text NOT NULL,
	CONSTRAINT "occupancy_figure_rooms_figure_id_room_id_pk" PRIMARY KEY("figure_id","room_id")
);
--> statement-breakpoint
CREATE TABLE "occupancy_figures" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"sort_order" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "occupancy_plans" (
	"figure_id" text NOT NULL,
	"fiscal_year" integer NOT NULL,
	"planned_rate_bp" integer NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "occupancy_plans_figure_id_fiscal_year_pk" PRIMARY KEY("figure_id","fiscal_year")
);
--> statement-breakpoint
CREATE TABLE "cells" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"plan_x" double precision NOT NULL,
	"plan_y" double precision NOT NULL,
	"plan_width" double precision NOT NULL,
	"plan_height" double precision NOT NULL,
	"sort_order" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "configuration_cells" (
	"configuration_id" text NOT NULL,
	"cell_id" text NOT NULL,
	CONSTRAINT "configuration_cells_configuration_id_cell_id_pk" PRIMARY KEY("configuration_id","cell_id")
);
--> statement-breakpoint
CREATE TABLE "configuration_layouts" (
	"configuration_id" text NOT NULL,
	"layout" text NOT NULL,
	"capacity" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "configuration_layouts_configuration_id_layout_pk" PRIMARY KEY("configuration_id","layout")
);
--> statement-breakpoint
CREATE TABLE "configurations" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"code" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"is_whole" boolean NOT NULL,
	"area_sqm" numeric,
	"area_publication" text NOT NULL,
	"opens_months_before" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	"sort_order" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"code" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"name_kana" text NOT NULL,
	"room_class" text NOT NULL,
	"owner_body" text NOT NULL,
	"floor" text,
	"description_ja" text NOT NULL,
	"description_en" text NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	"sort_order" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bands" (
	"venue_id" text NOT NULL,
	"code" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"slot_codes" text[] NOT NULL,
	"sort_order" integer NOT NULL,
	CONSTRAINT "bands_venue_id_code_pk" PRIMARY KEY("venue_id","code")
);
--> statement-breakpoint
CREATE TABLE "closed_day_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"from_month_day" text NOT NULL,
	"to_month_day" text NOT NULL,
	"reason_ja" text NOT NULL,
	"reason_en" text NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "closures" (
	"id" text PRIMARY KEY NOT NULL,
	"venue_id" text NOT NULL,
	"room_id" text,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"kind" text NOT NULL,
	"reason_ja" text NOT NULL,
	"reason_en" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slots" (
	"venue_id" text NOT NULL,
	"code" text NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"starts_time" text NOT NULL,
	"ends_time" text NOT NULL,
	"sort_order" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "slots_venue_id_code_pk" PRIMARY KEY("venue_id","code")
);
--> statement-breakpoint
CREATE TABLE "venue_issuers" (
	"venue_id" text NOT NULL,
	"effective_from" date NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"registration_number" text NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "venue_issuers_venue_id_effective_from_pk" PRIMARY KEY("venue_id","effective_from")
);
--> statement-breakpoint
CREATE TABLE "venues" (
	"id" text PRIMARY KEY NOT NULL,
	"name_ja" text NOT NULL,
	"name_en" text NOT NULL,
	"name_kana" text NOT NULL,
	"official_name" text NOT NULL,
	"description_ja" text NOT NULL,
	"description_en" text NOT NULL,
	"postal_code" text,
	"address_ja" text NOT NULL,
	"address_en" text NOT NULL,
	"phone" text,
	"zone" text DEFAULT 'Asia/Tokyo' NOT NULL,
	"hold_days" integer NOT NULL,
	"opens_at_time" text NOT NULL,
	"payment_due_days" integer NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	"sort_order" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_quotes" ADD CONSTRAINT "booking_quotes_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_quotes" ADD CONSTRAINT "booking_quotes_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_uses" ADD CONSTRAINT "booking_uses_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_uses" ADD CONSTRAINT "booking_uses_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_uses" ADD CONSTRAINT "booking_uses_configuration_id_configurations_id_fk" FOREIGN KEY ("configuration_id") REFERENCES "public"."configurations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_created_by_account_id_accounts_id_fk" FOREIGN KEY ("created_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_decided_by_account_id_accounts_id_fk" FOREIGN KEY ("decided_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancies" ADD CONSTRAINT "occupancies_cell_id_cells_id_fk" FOREIGN KEY ("cell_id") REFERENCES "public"."cells"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancies" ADD CONSTRAINT "occupancies_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancies" ADD CONSTRAINT "occupancies_use_id_booking_uses_id_fk" FOREIGN KEY ("use_id") REFERENCES "public"."booking_uses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancies" ADD CONSTRAINT "occupancies_closure_id_closures_id_fk" FOREIGN KEY ("closure_id") REFERENCES "public"."closures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_feeds" ADD CONSTRAINT "calendar_feeds_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tariff_extras" ADD CONSTRAINT "tariff_extras_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tariff_extras" ADD CONSTRAINT "tariff_extras_configuration_id_configurations_id_fk" FOREIGN KEY ("configuration_id") REFERENCES "public"."configurations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD CONSTRAINT "tariff_prices_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tariff_prices" ADD CONSTRAINT "tariff_prices_configuration_id_configurations_id_fk" FOREIGN KEY ("configuration_id") REFERENCES "public"."configurations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tariff_rules" ADD CONSTRAINT "tariff_rules_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tariffs" ADD CONSTRAINT "tariffs_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_members" ADD CONSTRAINT "organization_members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_members" ADD CONSTRAINT "organization_members_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "charges" ADD CONSTRAINT "charges_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_events" ADD CONSTRAINT "money_events_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_events" ADD CONSTRAINT "money_events_charge_id_charges_id_fk" FOREIGN KEY ("charge_id") REFERENCES "public"."charges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_events" ADD CONSTRAINT "money_events_attempt_id_payment_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."payment_attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_charge_id_charges_id_fk" FOREIGN KEY ("charge_id") REFERENCES "public"."charges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancy_definitions" ADD CONSTRAINT "occupancy_definitions_figure_id_occupancy_figures_id_fk" FOREIGN KEY ("figure_id") REFERENCES "public"."occupancy_figures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancy_figure_rooms" ADD CONSTRAINT "occupancy_figure_rooms_figure_id_occupancy_figures_id_fk" FOREIGN KEY ("figure_id") REFERENCES "public"."occupancy_figures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancy_figure_rooms" ADD CONSTRAINT "occupancy_figure_rooms_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancy_figures" ADD CONSTRAINT "occupancy_figures_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "occupancy_plans" ADD CONSTRAINT "occupancy_plans_figure_id_occupancy_figures_id_fk" FOREIGN KEY ("figure_id") REFERENCES "public"."occupancy_figures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cells" ADD CONSTRAINT "cells_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configuration_cells" ADD CONSTRAINT "configuration_cells_configuration_id_configurations_id_fk" FOREIGN KEY ("configuration_id") REFERENCES "public"."configurations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configuration_cells" ADD CONSTRAINT "configuration_cells_cell_id_cells_id_fk" FOREIGN KEY ("cell_id") REFERENCES "public"."cells"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configuration_layouts" ADD CONSTRAINT "configuration_layouts_configuration_id_configurations_id_fk" FOREIGN KEY ("configuration_id") REFERENCES "public"."configurations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "configurations" ADD CONSTRAINT "configurations_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bands" ADD CONSTRAINT "bands_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closed_day_rules" ADD CONSTRAINT "closed_day_rules_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closures" ADD CONSTRAINT "closures_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closures" ADD CONSTRAINT "closures_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slots" ADD CONSTRAINT "slots_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_issuers" ADD CONSTRAINT "venue_issuers_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "credentials_account_id_index" ON "credentials" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sessions_account_id_index" ON "sessions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier_index" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "audit_entries_subject_id_happened_at_index" ON "audit_entries" USING btree ("subject_id","happened_at");--> statement-breakpoint
CREATE INDEX "booking_quotes_booking_id_index" ON "booking_quotes" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "booking_uses_booking_id_index" ON "booking_uses" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "booking_uses_room_id_used_on_index" ON "booking_uses" USING btree ("room_id","used_on");--> statement-breakpoint
CREATE INDEX "booking_uses_used_on_index" ON "booking_uses" USING btree ("used_on");--> statement-breakpoint
CREATE INDEX "bookings_organization_id_created_at_index" ON "bookings" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "bookings_venue_id_state_created_at_index" ON "bookings" USING btree ("venue_id","state","created_at");--> statement-breakpoint
CREATE INDEX "bookings_hold_expiry" ON "bookings" USING btree ("hold_expires_at") WHERE state = 'held';--> statement-breakpoint
CREATE INDEX "occupancies_booking_id_index" ON "occupancies" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "occupancies_closure_id_index" ON "occupancies" USING btree ("closure_id");--> statement-breakpoint
CREATE INDEX "calendar_feeds_account_id_index" ON "calendar_feeds" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "documents_booking_id_index" ON "documents" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "tariffs_venue_id_effective_from_index" ON "tariffs" USING btree ("venue_id","effective_from");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_at_index" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "organization_members_account_id_index" ON "organization_members" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "mails_booking_id_index" ON "mails" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "mails_created_at_index" ON "mails" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "charges_booking_id_index" ON "charges" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "money_events_booking_id_index" ON "money_events" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "money_events_happened_at_index" ON "money_events" USING btree ("happened_at");--> statement-breakpoint
CREATE INDEX "payment_attempts_booking_id_index" ON "payment_attempts" USING btree ("booking_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_attempts_one_live" ON "payment_attempts" USING btree ("charge_id") WHERE state in ('created', 'pending', 'cancel_requested');--> statement-breakpoint
CREATE INDEX "cells_room_id_index" ON "cells" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "configuration_cells_cell_id_index" ON "configuration_cells" USING btree ("cell_id");--> statement-breakpoint
CREATE INDEX "configurations_room_id_index" ON "configurations" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "rooms_venue_id_index" ON "rooms" USING btree ("venue_id");--> statement-breakpoint
CREATE INDEX "closures_venue_id_starts_on_index" ON "closures" USING btree ("venue_id","starts_on");