ALTER TABLE "bank_lines" ALTER COLUMN "amount_yen" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "bank_imports" ADD COLUMN "notes" jsonb DEFAULT '[]'::jsonb NOT NULL;