import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFiles, readText } from './sources.ts';

const isText = (file: string) => !/\.(png|jpe?g|webp|ico|woff2?|ttf|pdf)$/.test(file);
const texts = projectFiles.filter(isText);

const filesWith = (pattern: RegExp | string) =>
  texts.filter((file) =>
    typeof pattern === 'string' ? readText(file).includes(pattern) : pattern.test(readText(file)),
  );

const secrets = {
  'a live payment key': /\b[sr]k_live_\w{10,}/,
  'a payment key of a test account': /\b[sr]k_test_[A-Za-z0-9]{24,}/,
  'a webhook secret': /\bwhsec_[A-Za-z0-9+/]{32,}/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'a cloud key': /\bAKIA[0-9A-Z]{16}\b/,
  'a repository token': /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}/,
};

describe('what is published', () => {
  test.each(Object.entries(secrets))('holds no %s', (_, pattern) => {
    expect(filesWith(pattern)).toEqual([]);
  });

  test('names no folder of the machine it was made on', () => {
    expect(filesWith(/\/(?:home|Users)\/[a-z]|\/root\/[a-z.]/)).toEqual([]);
    const root = path.resolve('.');
    // A root as short as "/app" is a word of its own in addresses.
    if (root.split('/').length > 2) expect(filesWith(root)).toEqual([]);
  });

  test('asks no package registry of its own', () => {
    expect(projectFiles.filter((file) => /(^|\/)\.(npmrc|yarnrc.*)$/.test(file))).toEqual([]);
    expect(readText('package-lock.json').includes('"resolved"')).toBe(false);
  });

  test('carries no settings of a running house', () => {
    expect(projectFiles.filter((file) => /(^|\/)\.env(\.|$)/.test(file))).toEqual([]);
  });
});
