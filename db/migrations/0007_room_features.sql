CREATE TABLE "room_features" (
	"room_id" text NOT NULL,
	"code" text NOT NULL,
	"publication" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "room_features_room_id_code_pk" PRIMARY KEY("room_id","code")
);
--> statement-breakpoint
ALTER TABLE "room_features" ADD CONSTRAINT "room_features_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;