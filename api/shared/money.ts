/** Integer yen, tax included unless the name says otherwise. */
export type Yen = number;

/** Basis points: 10,000 is 100 %. */
export type BasisPoints = number;

/** Consumption tax where nothing names another rate. */
export const standardTaxRateBp: BasisPoints = 1_000;

export const wholeYen = (amount: number): Yen => {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not whole yen: ${amount}`);
  return amount;
};

/** `amount × rate`, fractions of a yen dropped. */
export const shareOf = (amount: Yen, rateBp: BasisPoints): Yen => {
  const product = BigInt(wholeYen(amount)) * BigInt(rateBp);
  return Number(product / 10_000n);
};

export const sumYen = (amounts: readonly Yen[]): Yen =>
  wholeYen(amounts.reduce((sum, amount) => sum + amount, 0));

/** Consumption tax inside a tax-inclusive total; rounded down once, so call it once per rate and document. */
export const taxInside = (totalYen: Yen, taxRateBp: BasisPoints = standardTaxRateBp): Yen =>
  Number((BigInt(wholeYen(totalYen)) * BigInt(taxRateBp)) / BigInt(10_000 + taxRateBp));
