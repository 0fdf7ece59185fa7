import type { PricedCatalogue } from './catalogue.ts';
import { namesOf, provisionalRuleWarning } from './line.ts';
import type { PricedLine, QuoteInput, QuoteUse } from './line.ts';
import { meetsCondition } from './steps.ts';
import type { Tariff, TariffRule } from './tariff.ts';
import { bare, yenWords } from './wording.ts';

interface AdmissionRule extends TariffRule {
  readonly operation: Extract<TariffRule['operation'], { kind: 'admission_times' }>;
}

const isAdmissionTimes = (rule: TariffRule): rule is AdmissionRule =>
  rule.operation.kind === 'admission_times';

/** So many times the day's highest admission: once per room and day, however many parts and bands it uses. */
export const priceAdmissionDay = (
  input: QuoteInput,
  tariff: Tariff,
  catalogue: PricedCatalogue,
  usesOfRoom: readonly QuoteUse[],
): PricedLine[] => {
  const events = usesOfRoom.filter(({ phase }) => phase === 'event');
  const [first] = [...events].sort((one, other) =>
    one.configurationId < other.configurationId ? -1 : 1,
  );
  const configuration = first && catalogue.configurations.get(first.configurationId);
  const { admissionMaxYen } = input;
  if (!configuration || admissionMaxYen === 0) return [];
  const rules = tariff.rules
    .filter(isAdmissionTimes)
    .filter((rule) => meetsCondition(rule, configuration, 'event', input));
  return rules.map((rule) => {
    const { times } = rule.operation;
    const { publication, source } = rule;
    const amountYen = times * admissionMaxYen;
    const admission = yenWords(admissionMaxYen);
    const words = {
      ja: `${bare(rule.reasonJa)}（最高入場料 ${admission.ja} × ${times}、1室1日）`,
      en: `${bare(rule.reasonEn)} (highest admission ${admission.en} × ${times}, per room and day)`,
    };
    return {
      line: {
        kind: 'admission',
        tariffId: tariff.id,
        useIndexes: events.map(({ index }) => index).sort((one, other) => one - other),
        ...namesOf(configuration),
        date: first.date,
        quantity: 1,
        unit: 'room_day',
        unitYen: amountYen,
        baseYen: amountYen,
        steps: [{ code: rule.code, ...words, amountAfterYen: amountYen, publication }],
        amountYen,
        reasonJa: words.ja,
        reasonEn: words.en,
        publication,
        source,
      },
      warnings: publication === 'provisional' ? [provisionalRuleWarning(rule)] : [],
    };
  });
};
