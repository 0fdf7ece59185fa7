import { withoutInvisible } from './text.ts';

const localMost = 64;
const addressMost = 254;

/** Carriers once gave out addresses with dots in a row, or before the @ (`taro..abc@docomo.ne.jp`). */
const localPart = /^[\w.!#$%&'*+/=?^`{|}~-]+$/;
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainName = new RegExp(`^(?:${label}\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$`);

/** `会館.example` as the network knows it: xn--… */
const asciiDomain = (domain: string): string => {
  try {
    return new URL(`http://${domain}/`).hostname;
  } catch {
    return '';
  }
};

/**
 * A mail address in one form, however it was typed; nothing where it is none. The name of its domain is
 * the one mail is sent to, so that an address is the same in either script.
 */
export const emailOf = (typed: string): string | undefined => {
  const text = withoutInvisible(typed.normalize('NFKC')).trim().toLowerCase();
  const at = text.lastIndexOf('@');
  const [local, said] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(said)) return undefined;
  const domain = asciiDomain(said);
  const isAddress = localPart.test(local) && local.length <= localMost && domainName.test(domain);
  const address = `${local}@${domain}`;
  return isAddress && address.length <= addressMost ? address : undefined;
};

/** Dots as letters between them: what every mail program and library takes for an address. */
export const isPlainEmail = (address: string): boolean => !/^\.|\.\.|\.@/.test(address);

/** The address for the envelope of a letter: dots out of place only stand within quotes (RFC 5321). */
export const mailboxOf = (address: string): string =>
  isPlainEmail(address) ? address : address.replace(/^(.*)@/, '"$1"@');
