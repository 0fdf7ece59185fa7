CREATE TABLE "block_decisions" (
	"dunning_id" text PRIMARY KEY NOT NULL,
	"block_id" text,
	"reason" text NOT NULL,
	"decided_by_account_id" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dunning_pauses" (
	"id" text PRIMARY KEY NOT NULL,
	"booking_id" text NOT NULL,
	"reason" text NOT NULL,
	"paused_by_account_id" text NOT NULL,
	"paused_at" timestamp with time zone NOT NULL,
	"resumed_by_account_id" text,
	"resumed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "block_decisions" ADD CONSTRAINT "block_decisions_dunning_id_dunnings_id_fk" FOREIGN KEY ("dunning_id") REFERENCES "public"."dunnings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "block_decisions" ADD CONSTRAINT "block_decisions_block_id_organization_blocks_id_fk" FOREIGN KEY ("block_id") REFERENCES "public"."organization_blocks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "block_decisions" ADD CONSTRAINT "block_decisions_decided_by_account_id_accounts_id_fk" FOREIGN KEY ("decided_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_pauses" ADD CONSTRAINT "dunning_pauses_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_pauses" ADD CONSTRAINT "dunning_pauses_paused_by_account_id_accounts_id_fk" FOREIGN KEY ("paused_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dunning_pauses" ADD CONSTRAINT "dunning_pauses_resumed_by_account_id_accounts_id_fk" FOREIGN KEY ("resumed_by_account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "dunning_pauses_one_live" ON "dunning_pauses" USING btree ("booking_id") WHERE "dunning_pauses"."resumed_at" is null;--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON block_decisions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
