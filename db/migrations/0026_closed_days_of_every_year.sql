-- 02-31 was taken from a venue file, and no start worked again. The day before it that every year has.
CREATE FUNCTION pg_temp.day_of_every_year(typed text) RETURNS text LANGUAGE sql AS $$
  SELECT left(typed, 3) || least(right(typed, 2), CASE
    WHEN left(typed, 2) = '02' THEN '28'
    WHEN left(typed, 2) IN ('04', '06', '09', '11') THEN '30'
    ELSE '31' END)
$$;
--> statement-breakpoint
DELETE FROM "closed_day_rules" WHERE NOT
  ("from_month_day" ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' AND "to_month_day" ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');
--> statement-breakpoint
UPDATE "closed_day_rules" SET
  "from_month_day" = pg_temp.day_of_every_year("from_month_day"),
  "to_month_day" = pg_temp.day_of_every_year("to_month_day");
--> statement-breakpoint
-- Days that are closed by two rules ended every start too: the first of them stays.
DELETE FROM "closed_day_rules" later USING "closed_day_rules" earlier, generate_series('2001-01-01'::date, '2001-12-31', '1 day') day
WHERE later."venue_id" = earlier."venue_id" AND later."id" > earlier."id"
  AND CASE WHEN later."from_month_day" <= later."to_month_day"
    THEN to_char(day, 'MM-DD') BETWEEN later."from_month_day" AND later."to_month_day"
    ELSE to_char(day, 'MM-DD') >= later."from_month_day" OR to_char(day, 'MM-DD') <= later."to_month_day" END
  AND CASE WHEN earlier."from_month_day" <= earlier."to_month_day"
    THEN to_char(day, 'MM-DD') BETWEEN earlier."from_month_day" AND earlier."to_month_day"
    ELSE to_char(day, 'MM-DD') >= earlier."from_month_day" OR to_char(day, 'MM-DD') <= earlier."to_month_day" END;
--> statement-breakpoint
ALTER TABLE "closed_day_rules" ADD CONSTRAINT "closed_day_rules_every_year" CHECK ("closed_day_rules"."from_month_day" ~ '^((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$' and "closed_day_rules"."to_month_day" ~ '^((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$');
