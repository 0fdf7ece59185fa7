import type { BasisPoints, Yen } from '#api/shared/money.ts';
import type { Publication } from '#api/venues/schema.ts';
import type { Phase, RuleOperation } from '../schema.ts';
import type { PricedConfiguration } from './catalogue.ts';
import type { Tariff, TariffRule } from './tariff.ts';
import { bare, percentWords, yenWords } from './wording.ts';
import type { Sentence } from '#api/shared/languages.ts';

export interface QuoteStep extends Sentence {
  readonly code: string;
  readonly rateBp?: BasisPoints;
  readonly amountAfterYen: Yen;
  readonly publication: Publication;
}

/** A share of the room fee that is not charged, and why (減免). */
export interface PriceReduction {
  readonly groundCode: string;
  readonly reducedBp: BasisPoints;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly publication: Publication;
  readonly source: string;
}

/** What besides the price decides which rules of the tariff apply. */
export interface Circumstances {
  readonly admissionMaxYen: Yen;
  readonly isCommercial: boolean;
  readonly reduction?: PriceReduction | null | undefined;
}

const wholeBp = 10_000n;

/** Exact until the end: fractions of a yen are dropped once per line, not once per rule. */
interface Running {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const floorOf = ({ numerator, denominator }: Running): Yen => Number(numerator / denominator);

const tierOf = (operation: RuleOperation, admissionMaxYen: Yen) =>
  operation.kind === 'admission_tiers'
    ? operation.tiers
        .filter(({ fromYen }) => admissionMaxYen > 0 && fromYen <= admissionMaxYen)
        .sort((one, other) => other.fromYen - one.fromYen)[0]
    : undefined;

const isAdmissionRule = ({ condition, operation }: TariffRule) =>
  condition.admission === true || operation.kind !== 'multiply';

const meetsAdmission = (rule: TariffRule, phase: Phase, { admissionMaxYen }: Circumstances) => {
  if (!isAdmissionRule(rule)) return true;
  if (phase !== 'event' || admissionMaxYen === 0) return false;
  return (
    rule.operation.kind !== 'admission_tiers' ||
    tierOf(rule.operation, admissionMaxYen) !== undefined
  );
};

export const meetsCondition = (
  rule: TariffRule,
  configuration: PricedConfiguration,
  phase: Phase,
  circumstances: Circumstances,
): boolean => {
  const { phases, isCommercial, roomClasses, ownerBodies } = rule.condition;
  if (phases && !phases.includes(phase)) return false;
  if (isCommercial && !circumstances.isCommercial) return false;
  if (roomClasses && !roomClasses.includes(configuration.roomClass)) return false;
  if (ownerBodies && !ownerBodies.includes(configuration.ownerBody)) return false;
  return meetsAdmission(rule, phase, circumstances);
};

/** The rules that change the price of a room; what stands beside it has lines of its own. */
export const rulesFor = (
  tariff: Tariff,
  configuration: PricedConfiguration,
  phase: Phase,
  circumstances: Circumstances,
): readonly TariffRule[] =>
  tariff.rules.filter(
    (rule) =>
      rule.operation.kind !== 'admission_times' &&
      meetsCondition(rule, configuration, phase, circumstances),
  );

const multiplied = ({ numerator, denominator }: Running, rateBp: BasisPoints): Running => ({
  numerator: numerator * BigInt(rateBp),
  denominator: denominator * wholeBp,
});

/** Admission surcharges are shares of the base fee, whatever was applied before. */
const raised = (
  { numerator, denominator }: Running,
  baseYen: Yen,
  addBp: BasisPoints,
): Running => ({
  numerator: numerator * wholeBp + BigInt(baseYen) * BigInt(addBp) * denominator,
  denominator: denominator * wholeBp,
});

/** A written reason that already names its figure is not given it twice. */
const withFigure = (reason: string, figure: string) =>
  reason.normalize('NFKC').replaceAll(' ', '').includes(figure)
    ? bare(reason)
    : `${bare(reason)} ${figure}`;

const describe = (rule: TariffRule, rateBp: BasisPoints, admissionMaxYen: Yen): Sentence => {
  if (rule.operation.kind === 'multiply') {
    const figure = percentWords(rateBp);
    return { ja: withFigure(rule.reasonJa, figure), en: withFigure(rule.reasonEn, figure) };
  }
  const added = percentWords(rateBp - 10_000);
  const admission = yenWords(admissionMaxYen);
  return {
    ja: `${bare(rule.reasonJa)}（最高入場料 ${admission.ja}、${added}加算）`,
    en: `${bare(rule.reasonEn)} (highest admission ${admission.en}, +${added})`,
  };
};

const reduced = (running: Running, reduction: PriceReduction) => {
  const rateBp = 10_000 - reduction.reducedBp;
  const after = multiplied(running, rateBp);
  const off = yenWords(floorOf(running) - floorOf(after));
  const share = percentWords(reduction.reducedBp);
  const step: QuoteStep = {
    code: 'reduction',
    ja: `減免（${bare(reduction.nameJa)}、${share}）により${off.ja}を減額`,
    en: `reduction (${bare(reduction.nameEn)}, ${share}): ${off.en} off`,
    rateBp,
    amountAfterYen: floorOf(after),
    publication: reduction.publication,
  };
  return { after, step };
};

/**
 * Applies the rules in order, and last the reduction where one is given; the amount after the last
 * step is the amount of the line.
 */
export const applyRules = (
  baseYen: Yen,
  rules: readonly TariffRule[],
  { admissionMaxYen, reduction }: Circumstances,
): { steps: QuoteStep[]; amountYen: Yen } => {
  let running: Running = { numerator: BigInt(baseYen), denominator: 1n };
  const steps: QuoteStep[] = [];
  for (const rule of rules) {
    const { code, operation, publication } = rule;
    const addBp = tierOf(operation, admissionMaxYen)?.addBp ?? 0;
    const rateBp = operation.kind === 'multiply' ? operation.rateBp : 10_000 + addBp;
    running =
      operation.kind === 'multiply'
        ? multiplied(running, operation.rateBp)
        : raised(running, baseYen, addBp);
    const words = describe(rule, rateBp, admissionMaxYen);
    steps.push({ code, ...words, rateBp, amountAfterYen: floorOf(running), publication });
  }
  if (reduction && reduction.reducedBp > 0) {
    const { after, step } = reduced(running, reduction);
    running = after;
    steps.push(step);
  }
  return { steps, amountYen: floorOf(running) };
};
