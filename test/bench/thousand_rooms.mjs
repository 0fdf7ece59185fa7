// A made-up operator of ten houses with a hundred rooms each, two fifths of a year of them taken.
// Every row is a copy of a real one with another name, so that a new column needs nothing here.

const copies = {
  venues: `
    select (jsonb_populate_record(o, jsonb_build_object('id', house.id,
      'number_prefix', 'X' || chr(64 + house.n), 'sort_order', 100 + house.n))).*
    from bench_houses house join venues o on o.id = 'big-palette'`,
  slots: `
    select (jsonb_populate_record(o, jsonb_build_object('venue_id', house.id))).*
    from bench_houses house join slots o on o.venue_id = 'big-palette'`,
  bands: `
    select (jsonb_populate_record(o, jsonb_build_object('venue_id', house.id))).*
    from bench_houses house join bands o on o.venue_id = 'big-palette'`,
  rooms: `
    select (jsonb_populate_record(o, jsonb_build_object('id', copy.id, 'venue_id', copy.house,
      'code', 'room-' || copy.r, 'name_ja', o.name_ja || copy.r, 'sort_order', copy.r))).*
    from bench_rooms copy join rooms o on o.id = copy.of`,
  cells: `
    select (jsonb_populate_record(o, jsonb_build_object('room_id', copy.id,
      'id', copy.id || substr(o.id, length(copy.of) + 1)))).*
    from bench_rooms copy join cells o on o.room_id = copy.of`,
  configurations: `
    select (jsonb_populate_record(o, jsonb_build_object('room_id', copy.id,
      'id', copy.id || substr(o.id, length(copy.of) + 1)))).*
    from bench_rooms copy join configurations o on o.room_id = copy.of`,
  configuration_cells: `
    select copy.id || substr(o.configuration_id, length(copy.of) + 1),
      copy.id || substr(o.cell_id, length(copy.of) + 1)
    from bench_rooms copy
    join configurations part on part.room_id = copy.of
    join configuration_cells o on o.configuration_id = part.id`,
  configuration_layouts: `
    select (jsonb_populate_record(o, jsonb_build_object(
      'configuration_id', copy.id || substr(part.id, length(copy.of) + 1)))).*
    from bench_rooms copy
    join configurations part on part.room_id = copy.of
    join configuration_layouts o on o.configuration_id = part.id`,
  booking_policies: `
    select (jsonb_populate_record(o, jsonb_build_object('venue_id', house.id))).*
    from bench_houses house join booking_policies o on o.venue_id = 'big-palette'`,
  tariffs: `
    select (jsonb_populate_record(o, jsonb_build_object('venue_id', house.id,
      'id', house.id || substr(o.id, length('big-palette') + 1)))).*
    from bench_houses house join tariffs o on o.venue_id = 'big-palette'`,
  tariff_rules: `
    select (jsonb_populate_record(o, jsonb_build_object(
      'tariff_id', house.id || substr(o.tariff_id, length('big-palette') + 1)))).*
    from bench_houses house join tariff_rules o on o.tariff_id like 'big-palette.%'`,
  tariff_prices: `
    select (jsonb_populate_record(o, jsonb_build_object(
      'tariff_id', copy.house || substr(o.tariff_id, length('big-palette') + 1),
      'configuration_id', copy.id || substr(part.id, length(copy.of) + 1)))).*
    from bench_rooms copy
    join configurations part on part.room_id = copy.of
    join tariff_prices o on o.configuration_id = part.id`,
};

/** Fills the database; answers how much there is now. */
export const growToThousandRooms = async (sql) => {
  await sql.begin(async (tx) => {
    await tx`create temp table bench_houses on commit drop as
      select n, 'bench-' || n as id from generate_series(1, 10) n`;
    await tx`create temp table bench_rooms on commit drop as
      select house.id as house, r, house.id || '.room-' || r as id,
        case when r <= 20 then 'big-palette.convention-hall' else 'big-palette.small-meeting-1' end as of
      from bench_houses house, generate_series(1, 100) r`;
    for (const [table, rows] of Object.entries(copies))
      await tx.unsafe(`insert into ${table} ${rows}`);
    await tx`insert into occupancies (cell_id, during, state, booking_id)
      select cell.id, tstzrange((day + time '09:00') at time zone 'Asia/Tokyo',
        (day + time '17:00') at time zone 'Asia/Tokyo'), 'approved',
        (select id from bookings order by id limit 1)
      from cells cell, generate_series(current_date, current_date + 400, interval '1 day') day
      where cell.room_id like 'bench-%'
        and abs(hashtext(cell.id || day::text)) % 100 < 40`;
  });
  await sql`analyze`;
  const [counts] = await sql`
    select (select count(*) from rooms)::int as rooms,
      (select count(*) from occupancies where released_at is null)::int as occupancies`;
  return counts;
};
