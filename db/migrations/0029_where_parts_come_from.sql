ALTER TABLE "instalments" ADD COLUMN "publication" text;--> statement-breakpoint
ALTER TABLE "instalments" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE instalments DISABLE TRIGGER USER;--> statement-breakpoint
-- The terms of the first class of the rooms that has any, as charges were shared out so far.
UPDATE instalments SET publication = terms.publication, source = terms.source
FROM charges, LATERAL (
  SELECT term.publication, term.source
  FROM booking_uses used
  JOIN rooms ON rooms.id = used.room_id
  JOIN bookings ON bookings.id = used.booking_id
  JOIN instalment_terms term ON term.venue_id = bookings.venue_id AND term.room_class = rooms.room_class
  WHERE used.booking_id = charges.booking_id
  ORDER BY array_position(ARRAY['exhibition', 'convention', 'hall', 'meeting', 'outdoor'], term.room_class),
    term.position
  LIMIT 1
) terms
WHERE charges.id = instalments.charge_id;--> statement-breakpoint
UPDATE instalments SET publication = 'provisional', source = '記録なし' WHERE source IS NULL;--> statement-breakpoint
ALTER TABLE instalments ENABLE TRIGGER USER;--> statement-breakpoint
ALTER TABLE "instalments" ALTER COLUMN "publication" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "instalments" ALTER COLUMN "source" SET NOT NULL;
