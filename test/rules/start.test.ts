import { describe, expect, it } from 'vitest';
import { explainStart } from '#api/shared/start.ts';

const fault = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code} of a library`), { code, ...more });
const wrapped = (cause: Error) => new Error('Failed query: select 1', { cause });
const place = {
  port: 3000,
  host: '127.0.0.1',
  dataFolder: '/srv/kaikan',
  databaseUrl: 'postgres://kaikan:secret@db.example.jp:5432/kaikan',
};

describe('a start that cannot go on says why in a sentence, never in a stack', () => {
  it.each([
    ['an occupied port', fault('EADDRINUSE', { syscall: 'listen' }), /127\.0\.0\.1:3000.*PORT/],
    ['a port for root only', fault('EACCES', { syscall: 'listen' }), /127\.0\.0\.1:3000.*HOST/],
    ['an address of another machine', fault('EADDRNOTAVAIL', { syscall: 'listen' }), /HOST/],
    ['a database that is not there', wrapped(fault('ECONNREFUSED')), /DATABASE_URL/],
    ['a name nobody knows', fault('ENOTFOUND', { syscall: 'getaddrinfo' }), /DATABASE_URL/],
    ['a database that does not answer', fault('CONNECT_TIMEOUT'), /DATABASE_URL/],
    [
      'several addresses, none of which answers',
      new AggregateError([fault('ECONNREFUSED')]),
      /DATABASE_URL/,
    ],
    ['a wrong password', wrapped(fault('28P01')), /パスワード/],
    ['a database that was not made', fault('3D000'), /作成/],
    ['a user without rights', wrapped(fault('42501')), /所有者/],
    ['too many connections', fault('53300'), /max_connections/],
    ['a server that can only be read', fault('25006'), /読み取り専用/],
    [
      'a folder of another user',
      fault('EACCES', { syscall: 'mkdir' }),
      /\/srv\/kaikan.*DATA_FOLDER/,
    ],
    ['a file where the folder should be', fault('ENOTDIR', { syscall: 'mkdir' }), /DATA_FOLDER/],
    ['a full disk', fault('ENOSPC', { syscall: 'write' }), /空き容量/],
    ['what nobody foresaw', new TypeError('x is not a function'), /x is not a function/],
  ])('%s', (_, error, sentence) => {
    const said = explainStart(error, place);
    expect(said).toMatch(sentence);
    expect(said).toMatch(/[。)a-z]\n[A-Z0-9].*/);
    expect(said).not.toMatch(/\n\s+at /);
    expect(said).not.toContain('secret');
  });

  it('a reason that is a sentence already stands as it is', () => {
    const own = Object.assign(new Error('理由です。'), { name: 'CatalogueError' });
    expect(explainStart(own, place)).toBe('理由です。');
  });
});
