ALTER TABLE "venues" ADD COLUMN "email" text;--> statement-breakpoint
-- A closure of every cell of its venue is one of the venue; one within a single room names the room.
UPDATE closures SET cell_ids = NULL WHERE cell_ids IS NOT NULL AND NOT EXISTS (
  SELECT FROM cells JOIN rooms ON rooms.id = cells.room_id
  WHERE rooms.venue_id = closures.venue_id AND NOT cells.id = ANY (closures.cell_ids));--> statement-breakpoint
UPDATE closures SET room_id = (SELECT min(room_id) FROM cells WHERE id = ANY (closures.cell_ids))
WHERE room_id IS NULL AND cell_ids IS NOT NULL
  AND (SELECT count(DISTINCT room_id) FROM cells WHERE id = ANY (closures.cell_ids)) = 1;
