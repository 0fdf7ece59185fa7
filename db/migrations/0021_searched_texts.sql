-- What is searched is stored as it is compared: the same rule as api/shared/search.ts, letter by letter.
-- lower() and classes of letters would follow the locale of the database; these lists do not.
CREATE FUNCTION search_text(typed text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT replace(replace(replace(replace(replace(
    translate(
      translate(
        normalize(
          regexp_replace(normalize(typed, NFKC), '[\t\x0b\x0c\r \u00a0\u00ad\u00b7\u034f\u1680\u180b-\u180e\u2000-\u200f\u2022\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef\-~\u02d7\u2010-\u2015\u2043\u2053\u2212\u223c\u2500\u2501\u301c\u30a0\u30fb\u30fc]', '', 'g'),
          NFC),
        'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ',
        'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ'),
      'ァィゥェォッャュョヮヵヶヰヱヲ髙﨑嵜邉邊齋齊斉澤廣國德濱濵嶋嶌櫻冨舘榮眞條關瀧藏惠豐曾學會經濟縣區圓廳ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĒĪŌŪΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁABCDEFGHIJKLMNOPQRSTUVWXYZ',
      'アイウエオツヤユヨワカケイエオ高崎崎辺辺斎斎斎沢広国徳浜浜島島桜富館栄真条関滝蔵恵豊曽学会経済県区円庁àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāēīōūαβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюяёabcdefghijklmnopqrstuvwxyz'),
    '(株)', '株式会社'), '(有)', '有限会社'), '(同)', '合同会社'), '(財)', '財団法人'), '(社)', '社団法人')
$$;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
ALTER TABLE bookings ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (search_text(number || E'\n' || title)) STORED;
--> statement-breakpoint
CREATE INDEX bookings_search ON bookings USING gin (search gin_trgm_ops);
--> statement-breakpoint
ALTER TABLE organizations ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (search_text(name || E'\n' || coalesce(name_kana, '') || E'\n' || contact_name || E'\n' || email)) STORED;
--> statement-breakpoint
CREATE INDEX organizations_search ON organizations USING gin (search gin_trgm_ops);
--> statement-breakpoint
ALTER TABLE series ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (search_text(title)) STORED;
--> statement-breakpoint
CREATE INDEX series_search ON series USING gin (search gin_trgm_ops);
--> statement-breakpoint
ALTER TABLE payments ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (search_text(coalesce(payer_name, ''))) STORED;
--> statement-breakpoint
CREATE INDEX payments_search ON payments USING gin (search gin_trgm_ops);
--> statement-breakpoint
ALTER TABLE bank_lines ADD COLUMN search text NOT NULL GENERATED ALWAYS AS (search_text(payer_name || E'\n' || message || E'\n' || reference)) STORED;
--> statement-breakpoint
CREATE INDEX bank_lines_search ON bank_lines USING gin (search gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX documents_search ON documents USING gin
  (search_text(number || E'\n' || coalesce(content->'recipient'->>'name', '')) gin_trgm_ops);
