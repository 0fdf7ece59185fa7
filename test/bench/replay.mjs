// The statements of one hold, sent again straight to PostgreSQL: what the database alone can do.
import { randomBytes } from 'node:crypto';
import postgres from 'postgres';

const idForm = /\b(bkg|use|quo|aud|mal)_[0-9a-z]{26}\b/g;
const numberForm = /R\d{2}-[A-Z]+-\d{6}/g;
const letters = '0123456789abcdefghjkmnpqrstvwxyz';

const newId = (prefix) =>
  `${prefix}_0${[...randomBytes(25)].map((byte) => letters[byte % 32]).join('')}`;

/** Statements before, in and after the transaction, as the API sent them. */
export const partsOf = (sent) => {
  const begin = sent.findIndex(({ statement }) => /^begin/i.test(statement));
  const commit = sent.findIndex(({ statement }) => /^commit/i.test(statement));
  return {
    before: sent.slice(0, begin),
    within: sent.slice(begin + 1, commit),
    after: sent.slice(commit + 1),
  };
};

/** The parameters of another hold: its own ids and day, and the number it was given. */
const rewriter = (recordedDay, day) => {
  const ids = new Map();
  const place = { number: undefined };
  const text = (value) =>
    value
      .replaceAll(recordedDay, day)
      .replace(idForm, (id, prefix) => {
        if (!ids.has(id)) ids.set(id, newId(prefix));
        return ids.get(id);
      })
      .replace(numberForm, (number) => place.number ?? number);
  const rewrite = (value) => {
    if (typeof value === 'string') return text(value);
    return Array.isArray(value) ? value.map(rewrite) : value;
  };
  return { rewrite, place };
};

const send = (sql, { statement, parameters }, rewrite) =>
  sql.unsafe(statement, parameters.map(rewrite), { prepare: true });

const takesNumber = ({ statement }) => /insert into "number_sequences"/.test(statement);

/** Replays a recorded hold on another day; reads side by side, the transaction in its order. */
export const openReplay = (databaseUrl, { connections, recordedDay, parts }) => {
  const sql = postgres(databaseUrl, { max: connections, onnotice: () => undefined });
  const replay = async (day) => {
    const { rewrite, place } = rewriter(recordedDay, day);
    await Promise.all(parts.before.map((one) => send(sql, one, rewrite)));
    await sql.begin(async (tx) => {
      for (const one of parts.within) {
        const rows = await send(tx, one, rewrite);
        if (!takesNumber(one)) continue;
        const sample = JSON.stringify(parts.within).match(numberForm)[0];
        place.number = sample.replace(/\d{6}$/, String(Object.values(rows[0])[0]).padStart(6, '0'));
      }
    });
    await Promise.all(parts.after.map((one) => send(sql, one, rewrite)));
  };
  return { replay, close: () => sql.end() };
};
