import type { Context } from '../../context.ts';
import { hasRole } from '../../shared/actor.ts';
import type { VenueId } from '../../shared/ids.ts';
import { addDays, dayOf, type LocalDay } from '../../shared/time.ts';
import { closureErrors } from '../errors.ts';
import { findOptionalClosure, listClosures, listShownEffects } from '../store.ts';

const lookBackDays = 30;

const venuesOf = ({ actor }: Context): string[] =>
  actor.kind === 'staff' ? Object.keys(actor.roles) : [];

/** Closures of the venues the actor works at, from a month ago on. */
export const listOwnClosures = (
  context: Context,
  asked: { readonly venue?: string | undefined; readonly from?: LocalDay | undefined },
) => {
  const venueIds = venuesOf(context).filter((id) => !asked.venue || id === asked.venue);
  const from = asked.from ?? addDays(dayOf(context.now()), -lookBackDays);
  return listClosures(context.reads, { venueIds, from });
};

export const viewClosure = async (context: Context, closureId: string) => {
  const closure = await findOptionalClosure(context.reads, closureId);
  if (!closure || !venuesOf(context).includes(closure.venueId)) throw closureErrors.unknown();
  const effects = await listShownEffects(context.reads, closureId);
  const roles = closure.kind === 'block' ? (['desk', 'manager'] as const) : (['manager'] as const);
  const isInForce = closure.state === 'in_force' && closure.kind !== 'annual';
  const may = isInForce && hasRole(context.actor, closure.venueId as VenueId, roles);
  return {
    closure,
    effects,
    mayUndo: may && closure.lettersLeaveAt !== null && closure.lettersSentAt === null,
    mayLift: may && (closure.lettersLeaveAt === null || closure.lettersSentAt !== null),
  };
};
