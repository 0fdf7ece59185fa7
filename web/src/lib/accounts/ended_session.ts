import { json, type RequestEvent } from '@sveltejs/kit';
import { accountErrors } from '#api/accounts/errors.ts';
import { isOfTextAlone } from '#web/api.ts';
import { carryPath, fieldsCarriedBy, hasCarried, isReturning } from './carried_form.ts';

/** Scripts keep what was typed in their tab; without them the browser sends the form itself. */
const isFormOfBrowser = ({ request }: RequestEvent) =>
  request.method === 'POST' && !request.headers.has('x-sveltekit-action');

const needsSession = ({ route }: RequestEvent) => /^\/\((member|staff)\)\//.test(route.id ?? '');

const takeCarried = async (event: RequestEvent): Promise<void> => {
  if (!isReturning(event.url) || !isOfTextAlone(event.request)) return;
  const form = await event.request.clone().formData();
  if (!hasCarried(form)) return;
  event.locals.isReturning = true;
  event.request.formData = () => Promise.resolve(fieldsCarriedBy(form));
};

/**
 * Nothing typed is lost where a session ended on the way: the form goes through the page of sign-in.
 * One that comes back is read as it was sent at first.
 */
export const carryForm = async (event: RequestEvent): Promise<Response | undefined> => {
  event.locals.isReturning = false;
  if (!isFormOfBrowser(event) || !needsSession(event)) return undefined;
  if (event.locals.me) {
    await takeCarried(event);
    return undefined;
  }
  return new Response(null, { status: 307, headers: { location: carryPath(event.url) } });
};

const isLook = ({ pathname }: URL) => /^\/api\/(quotes|proposals)(\/|$)|\/preview$/.test(pathname);

/** Who comes back reads the form again before it does anything; refused, it shows what was typed. */
export const refuseToActYet = (
  { locals }: RequestEvent,
  { method, url }: Request,
): Response | undefined => {
  if (!locals.isReturning || ['GET', 'HEAD'].includes(method) || isLook(new URL(url))) {
    return undefined;
  }
  const code = 'accounts.signed_in_again';
  const message = accountErrors.catalogue.get(code)![locals.locale];
  return json({ error: { code, message, fields: [] } }, { status: 409 });
};
