import postgres from 'postgres';
import { comparePaths } from './load.mjs';

/** Reads a file of the bank once, then the pages of finance over the seeded year. */
export const measureMoney = async ({ address, databaseUrl, finance }, load) => {
  const { cookie, bankFile, entryCount } = finance;
  const began = performance.now();
  const answer = await fetch(`${address}/api/transfers/imports?name=bench.txt`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', origin: address, cookie },
    body: Buffer.from(bankFile, 'base64'),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  const seconds = (performance.now() - began) / 1_000;
  // What PostgreSQL does by itself within the next minute.
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql`analyze`;
  await sql.end();
  const of = (path) => `/api/${path}${path.includes('?') ? '&' : '?'}venue=big-palette`;
  const year = `from=${finance.from}&to=${finance.to}`;
  const paths = {
    'money waiting, with proposals': of('transfers?view=open'),
    'receivables by age': of('receivables'),
    'revenue of a year': of(`closings/revenue?${year}`),
    'journal of a year': of(`closings/journal?${year}`),
    'day book': of('closings/daybook'),
  };
  return {
    read: `${entryCount} entries of a bank file read in ${seconds.toFixed(1)} s`,
    rows: await comparePaths(address, paths, { ...load, cookie }),
  };
};
