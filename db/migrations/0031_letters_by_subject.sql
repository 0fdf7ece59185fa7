ALTER TABLE "mails" RENAME COLUMN "booking_id" TO "subject_id";--> statement-breakpoint
ALTER INDEX "mails_booking_id_index" RENAME TO "mails_subject_id_index";
