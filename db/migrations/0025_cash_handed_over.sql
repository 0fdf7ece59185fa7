ALTER TABLE "payment_attempts" ADD COLUMN "handed_yen" integer;--> statement-breakpoint
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_handed_enough" CHECK ("payment_attempts"."handed_yen" is null
        or ("payment_attempts"."method" = 'cash' and "payment_attempts"."handed_yen" >= "payment_attempts"."amount_yen"));