import type { Names } from '../shared/lists.ts';
import type { Booking, Reduction } from '../bookings/rules/booking.ts';
import { firstStart } from '../bookings/rules/booking.ts';
import type { ReductionGround } from '../policies/schema.ts';
import { hasRole, isMemberOf, type Actor } from '../shared/actor.ts';
import type { Sentence } from '../shared/languages.ts';
import { bookingLines, letterTo, reasonLine, type Letter, type Reader } from '../shared/letter.ts';
import type { AccountId, BookingId, ReductionApplicationId } from '../shared/ids.ts';
import { ok, refuse, type Result } from '../shared/result.ts';
import { reductionErrors } from './errors.ts';

export const applicationStates = ['applied', 'approved', 'refused', 'withdrawn'] as const;
export type ApplicationState = (typeof applicationStates)[number];

export const applicationStateNames: Names<ApplicationState> = {
  applied: { ja: '審査中', en: 'Waiting' },
  approved: { ja: '承認', en: 'Approved' },
  refused: { ja: '不承認', en: 'Refused' },
  withdrawn: { ja: '取り下げ', en: 'Withdrawn' },
};

export const applicationActs = ['approve', 'refuse', 'withdraw'] as const;
export type ApplicationAct = (typeof applicationActs)[number];

/** An application for a reduced fee (減免申請). */
export interface Application {
  readonly id: ReductionApplicationId;
  readonly bookingId: BookingId;
  readonly groundCode: string;
  readonly reducedBp: number;
  readonly explanation: string;
  readonly state: ApplicationState;
  readonly decisionReason: string | null;
  readonly decidedAt: Date | null;
  readonly decidedByAccountId: AccountId | null;
  readonly createdAt: Date;
}

type Concerned = Pick<Booking, 'organizationId' | 'venueId'>;

const isApplicant = (booking: Concerned, actor: Actor) =>
  isMemberOf(actor, booking.organizationId) || hasRole(actor, booking.venueId, ['desk', 'manager']);

const mayAct = (act: ApplicationAct, booking: Concerned, actor: Actor): boolean =>
  act === 'withdraw' ? isApplicant(booking, actor) : hasRole(actor, booking.venueId, ['manager']);

/** What this actor may do with the application, in the order a page should offer it. */
export const allowedActs = (
  application: Pick<Application, 'state'>,
  booking: Concerned,
  actor: Actor,
): ApplicationAct[] =>
  application.state === 'applied'
    ? applicationActs.filter((act) => mayAct(act, booking, actor))
    : [];

const isReducible = ({ state }: Booking) => ['held', 'requested', 'approved'].includes(state);

const hasBegun = (booking: Booking, now: Date) => firstStart(booking.uses) <= now;

const decideOpen = (booking: Booking, now: Date): Result<Booking> => {
  if (!isReducible(booking)) {
    return refuse(reductionErrors.not_in_this_state({ detail: { state: booking.state } }));
  }
  return hasBegun(booking, now) ? refuse(reductionErrors.too_late()) : ok(booking);
};

/** Whether anybody may apply for this booking now. */
export const canApply = (booking: Booking, actor: Actor, now: Date): boolean =>
  isApplicant(booking, actor) && booking.reduction === null && decideOpen(booking, now).ok;

// 営利の使用は減免の対象としない(公の施設の条例の通例)。
const decideGround = (
  booking: Booking,
  ground: ReductionGround | undefined,
): Result<ReductionGround> => {
  const about = (ja: string, en: string) => ({ fields: [{ path: 'groundCode', ja, en }] });
  if (!ground) {
    const { ja, en } = reductionErrors.catalogue.get('reductions.unknown_ground')!;
    return refuse(reductionErrors.unknown_ground(about(ja, en)));
  }
  if (ground.excludesCommercial && booking.isCommercial) {
    const { ja, en } = reductionErrors.catalogue.get('reductions.commercial_excluded')!;
    return refuse(reductionErrors.commercial_excluded(about(ja, en)));
  }
  return ok(ground);
};

export const decideApplication = (
  booking: Booking,
  asked: {
    readonly id: ReductionApplicationId;
    readonly ground: ReductionGround | undefined;
    readonly explanation: string;
    readonly now: Date;
  },
): Result<Application> => {
  const open = decideOpen(booking, asked.now);
  if (!open.ok) return open;
  if (booking.reduction !== null) return refuse(reductionErrors.already_applied());
  const ground = decideGround(booking, asked.ground);
  if (!ground.ok) return ground;
  return ok({
    id: asked.id,
    bookingId: booking.id,
    groundCode: ground.value.code,
    reducedBp: ground.value.reducedBp,
    explanation: asked.explanation,
    state: 'applied',
    decisionReason: null,
    decidedAt: null,
    decidedByAccountId: null,
    createdAt: asked.now,
  });
};

interface Acting {
  readonly booking: Booking;
  readonly actor: Actor;
  readonly now: Date;
}

const ended = (
  application: Application,
  { booking, actor, now }: Acting,
  act: ApplicationAct,
  reason: string | null,
): Result<Application> => {
  if (application.state !== 'applied') return refuse(reductionErrors.already_decided());
  if (!mayAct(act, booking, actor)) return refuse(reductionErrors.unknown());
  const states = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' } as const;
  return ok({
    ...application,
    state: states[act],
    decisionReason: reason,
    decidedAt: now,
    decidedByAccountId: 'accountId' in actor ? actor.accountId : null,
  });
};

/** A decision for or against it; the organizer reads the reason. */
export const decideDecision = (
  application: Application,
  acting: Acting,
  said: { readonly act: 'approve' | 'refuse'; readonly reason: string },
): Result<Application> => {
  const decided = ended(application, acting, said.act, said.reason);
  if (!decided.ok) return decided;
  if (said.reason.trim() === '') return refuse(reductionErrors.reason_required());
  if (said.act === 'refuse') return decided;
  const open = decideOpen(acting.booking, acting.now);
  return open.ok ? decided : open;
};

export const decideWithdrawal = (application: Application, acting: Acting): Result<Application> =>
  ended(application, acting, 'withdraw', null);

/** The reduction as the booking keeps it: the rate applied for, with the ground's words and origin. */
export const reductionOf = (
  { booking, application }: { booking: Booking; application: Application },
  ground: ReductionGround | undefined,
): Result<Reduction> => {
  const fit = decideGround(booking, ground);
  if (!fit.ok) return fit;
  const { code: groundCode, nameJa, nameEn, publication, source } = fit.value;
  const { reducedBp } = application;
  return ok({ groundCode, reducedBp, nameJa, nameEn, publication, source } as Reduction);
};

export type ReductionNews = 'applied' | 'approved' | 'refused';

const subjects: Readonly<Record<ReductionNews, Sentence>> = {
  applied: {
    ja: '減免の申請を受け付けました',
    en: 'Your application for a reduced fee is received',
  },
  approved: { ja: '減免を承認しました', en: 'Your reduction is approved' },
  refused: {
    ja: '減免の申請の結果について',
    en: 'The result of your application for a reduced fee',
  },
};

const whatNext: Readonly<Record<ReductionNews, Sentence>> = {
  applied: {
    ja: '内容を確認し、結果をあらためてお知らせします。結果が出るまで料金は変わりません。',
    en: 'We look at it and write to you again with the result. Until then the fee stays as it is.',
  },
  approved: {
    ja: '減免後の料金は、予約のページからご覧いただけます。',
    en: 'The reduced fee is on the booking page.',
  },
  refused: {
    ja: '誠に恐れ入りますが、減免は承認できませんでした。料金は変わりません。',
    en: 'We are sorry: the reduction could not be approved. The fee stays as it is.',
  },
};

/** What the organizer is told of an application. */
export const reductionMail = (
  news: ReductionNews,
  about: {
    readonly booking: Pick<Booking, 'id' | 'number' | 'title'>;
    readonly application: Application;
    readonly ground: Pick<ReductionGround, 'nameJa' | 'nameEn'> | undefined;
  },
  to: Reader,
): Letter => {
  const { booking, application, ground } = about;
  const { groundCode, reducedBp, decisionReason } = application;
  const { ja, en } = subjects[news];
  return letterTo(to, {
    subject: { ja, en },
    about: booking.number,
    lines: [
      { ja: `${ja}。`, en: `${en}.` },
      '',
      ...bookingLines(booking),
      [
        { ja: '事由', en: 'Ground' },
        {
          ja: `${ground?.nameJa ?? groundCode}（室料の${reducedBp / 100}％）`,
          en: `${ground?.nameEn ?? groundCode} (${reducedBp / 100}% of the room fee)`,
        },
      ],
      ...(decisionReason === null ? [] : [reasonLine(decisionReason)]),
      '',
      whatNext[news],
      '',
      [
        { ja: '減免のページ', en: 'Reduced fee' },
        `${to.publicUrl}/bookings/${booking.id}/reduction`,
      ],
    ],
  });
};
