-- A booking that was restored can be cancelled again: what was kept belongs to the version that ended.
ALTER TABLE "cancellations" ADD COLUMN "booking_version" integer;--> statement-breakpoint
ALTER TABLE "cancellations" DISABLE TRIGGER append_only;--> statement-breakpoint
UPDATE "cancellations" SET "booking_version" = (SELECT "version" FROM "bookings" WHERE "id" = "booking_id");--> statement-breakpoint
ALTER TABLE "cancellations" ENABLE TRIGGER append_only;--> statement-breakpoint
ALTER TABLE "cancellations" ALTER COLUMN "booking_version" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "cancellations" DROP CONSTRAINT "cancellations_pkey";--> statement-breakpoint
ALTER TABLE "cancellations" ADD CONSTRAINT "cancellations_booking_id_booking_version_pk" PRIMARY KEY("booking_id","booking_version");
