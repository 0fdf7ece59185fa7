-- What is searched is stored as it is compared: the same rule as api/shared/search.ts, letter by letter.
-- lower() and classes of letters would follow the locale of the database; these lists do not.
CREATE OR REPLACE FUNCTION search_text(typed text) RETURNS text
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
