CREATE TABLE "access_links" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"purpose" text NOT NULL,
	"token_sha256" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "access_links_token_sha256_unique" UNIQUE("token_sha256")
);
--> statement-breakpoint
CREATE TABLE "tries" (
	"key" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone,
	"succeeded_at" timestamp with time zone
);
--> statement-breakpoint
DROP TABLE "rate_limits" CASCADE;--> statement-breakpoint
DROP TABLE "verifications" CASCADE;--> statement-breakpoint
-- Who is signed in stays so: the browser's token is the same, the table has its hash from now on.
ALTER TABLE "sessions" DROP CONSTRAINT "sessions_token_unique";--> statement-breakpoint
ALTER TABLE "sessions" RENAME COLUMN "token" TO "token_sha256";--> statement-breakpoint
UPDATE "sessions" SET "token_sha256" = encode(sha256(convert_to("token_sha256", 'UTF8')), 'hex');--> statement-breakpoint
-- A password counts when chosen by who confirmed the address; nobody did yet.
DELETE FROM "credentials" USING "accounts"
 WHERE "accounts"."id" = "credentials"."account_id" AND NOT "accounts"."email_verified";--> statement-breakpoint
UPDATE "mails" SET "body" = regexp_replace("body", 'token=\S+', 'token=…')
 WHERE "topic" IN ('accounts.verify_email', 'accounts.reset_password');--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "secret_id" text;--> statement-breakpoint
ALTER TABLE "access_links" ADD CONSTRAINT "access_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_links_account_id_index" ON "access_links" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "tries_last_at_index" ON "tries" USING btree ("last_at");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_token_sha256_unique" UNIQUE("token_sha256");