import type { AmendAsk } from '#api/bookings/schema/amendments.ts';
import { askedBody, type AskedLine } from '#web/fees/asked.ts';
import { addDays, daysBetween, type LocalDay } from '#api/shared/time.ts';
import { readHoldFields, type HoldFields } from './hold_form.ts';
import type { BookingView } from './views.ts';

/** A line of the form and the use it stands for; a new line stands for none. */
interface Standing {
  readonly id: string;
  /** The use's own attendance, which follows the event's only when that is changed. */
  readonly attendance: string;
}

/** The form of a change exactly as it was typed. */
export interface ChangeFields extends HoldFields {
  readonly standing: readonly Standing[];
  readonly attendanceBefore: string;
  readonly reason: string;
}

const textIn = (form: FormData, name: string) => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

export const readChangeFields = (form: FormData): ChangeFields => {
  const fields = readHoldFields(form);
  return {
    ...fields,
    standing: fields.uses.map((_, at) => ({
      id: textIn(form, `uses.${at}.id`),
      attendance: textIn(form, `uses.${at}.attendance`),
    })),
    attendanceBefore: textIn(form, 'attendanceBefore'),
    reason: textIn(form, 'reason'),
  };
};

const hoursOf = (minutes: number) => (minutes === 0 ? '' : String(minutes / 60));
const numberOf = (value: number | null) => (value === null ? '' : String(value));

const lineOf = (use: BookingView['uses'][number]): AskedLine => ({
  configuration: use.configurationId,
  date: use.usedOn,
  band: use.bandCode,
  phase: use.phase,
  layout: use.layout ?? '',
  earlyHours: hoursOf(use.earlyMinutes),
  lateHours: hoursOf(use.lateMinutes),
  coolingHours: hoursOf(use.coolingMinutes),
  heatingHours: hoursOf(use.heatingMinutes),
  wiredLan: use.wiredLan,
});

/** The form as it begins: the booking as it stands. */
export const changeFieldsOf = (booking: BookingView): ChangeFields => {
  const fields = {
    venue: booking.venueId,
    organizationId: booking.organizationId,
    title: booking.title,
    purpose: booking.purpose,
    attendance: numberOf(booking.attendance),
    attendanceBefore: numberOf(booking.attendance),
    admissionMaxYen: booking.admissionMaxYen === 0 ? '' : String(booking.admissionMaxYen),
    isCommercial: booking.isCommercial,
    isPublic: booking.isPublic,
    customerClass: booking.customerClass === 'sme' ? ('sme' as const) : ('standard' as const),
    uses: booking.uses.map(lineOf),
    standing: booking.uses.map(({ id, attendance }) => ({ id, attendance: numberOf(attendance) })),
    reason: '',
    priorityReason: '',
  };
  return fields;
};

/** The same event from another first day on, as a form of a new hold. */
export const shiftedFields = (booking: BookingView, firstDay: LocalDay): HoldFields => {
  const fields = changeFieldsOf(booking);
  const first = fields.uses.map(({ date }) => date).sort()[0] as LocalDay;
  const days = daysBetween(first, firstDay);
  const shifted = (date: string) => addDays(date as LocalDay, days);
  return { ...fields, uses: fields.uses.map((use) => ({ ...use, date: shifted(use.date) })) };
};

const attendanceOf = (fields: ChangeFields, at: number): { attendance?: string } => {
  const { id = '', attendance = '' } = fields.standing[at] ?? {};
  const isFollowing = id === '' || fields.attendance !== fields.attendanceBefore;
  if (isFollowing && fields.uses[at]!.phase === 'event') {
    return fields.attendance ? { attendance: fields.attendance } : {};
  }
  return attendance ? { attendance } : {};
};

/** Words the API does not know come back as sentences of their fields. */
export const changeBody = (fields: ChangeFields) => {
  const { uses, admissionMaxYen, isCommercial } = askedBody(fields);
  const asked = {
    title: fields.title,
    purpose: fields.purpose,
    ...(fields.attendance ? { attendance: fields.attendance } : {}),
    ...(admissionMaxYen ? { admissionMaxYen } : {}),
    isCommercial,
    isPublic: fields.isPublic,
    uses: uses.map(({ attendance: _attendance, ...use }, at) => ({
      ...use,
      ...(fields.standing[at]?.id ? { id: fields.standing[at].id } : {}),
      ...attendanceOf(fields, at),
    })),
  };
  return asked as unknown as AmendAsk;
};
