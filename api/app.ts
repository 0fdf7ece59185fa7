import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { describeRoute } from 'hono-openapi';
import { z } from 'zod';
import { accessLinksRoutes } from './access_links/routes.ts';
import { accountsRoutes } from './accounts/routes.ts';
import { amendmentsRoutes } from './bookings/routes/amendments.ts';
import { bookingCancellationRoutes } from './booking_charges/routes.ts';
import { bookingsRoutes } from './bookings/routes/bookings.ts';
import { bookingLineRoutes, linesRoutes } from './bookings/routes/line.ts';
import {
  bookingOutlooksRoutes,
  cancellationTermsRoutes,
  outlooksRoutes,
} from './cancellations/routes.ts';
import { calendarFilesRoutes, calendarsRoutes } from './calendars/routes/calendars.ts';
import { closingsRoutes } from './closings/routes.ts';
import { closuresRoutes } from './closures/routes.ts';
import type { House } from './context.ts';
import { pricesRoutes, quotesRoutes } from './fees/routes.ts';
import { bookingDocumentsRoutes, documentsRoutes } from './documents/routes.ts';
import { drawersRoutes } from './drawers/routes.ts';
import { bookingEquipmentRoutes, equipmentRoutes } from './equipment/routes.ts';
import { describeApi } from './http/description.ts';
import { docsRoutes } from './http/docs.ts';
import type { AppEnvironment } from './http/environment.ts';
import { httpErrors } from './http/errors.ts';
import { idempotency } from './http/idempotency.ts';
import { answer } from './http/openapi.ts';
import { protect, refuseFromElsewhere } from './http/protect.ts';
import { respondError } from './http/respond.ts';
import { openContext } from './http/session.ts';
import { refuseUnreadable } from './http/text.ts';
import { fileErrors } from './files/errors.ts';
import { bytesAtMost, megabytesAtMost } from './files/rules.ts';
import type { AppError } from './shared/error.ts';
import { invoicesRoutes } from './invoices/routes.ts';
import { openingsRoutes } from './openings/routes.ts';
import { invitationsRoutes } from './invitations/routes.ts';
import { organizationsRoutes } from './organizations/routes.ts';
import { outboxRoutes } from './outbox/routes.ts';
import { bookingPlansRoutes } from './plans/routes/bookings.ts';
import { runSheetsRoutes } from './plans/routes/run_sheets.ts';
import {
  subjectPaymentsRoutes,
  paymentsRoutes,
  stripeMovementsRoutes,
  stripeRoutes,
} from './payments/routes.ts';
import { bookingMovesRoutes, proposalsRoutes } from './proposals/routes.ts';
import {
  bookingReductionsRoutes,
  reductionGroundsRoutes,
  reductionsRoutes,
} from './reductions/routes.ts';
import { subjectRefundsRoutes, refundsRoutes } from './refunds/routes/refunds.ts';
import { writeOffsRoutes } from './refunds/routes/write_offs.ts';
import { reportsRoutes } from './reports/routes.ts';
import { policiesRoutes } from './policies/routes.ts';
import { roomsRoutes } from './rooms/routes.ts';
import { seriesRoutes } from './series/routes.ts';
import { subjectDebtRoutes, receivablesRoutes } from './receivables/routes.ts';
import { bookingSettlementsRoutes } from './settlements/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { availabilityRoutes } from './slots/routes.ts';
import { bookingReadingsRoutes, utilitiesRoutes } from './utilities/routes.ts';
import { transfersRoutes } from './transfers/routes.ts';
import { venuesRoutes } from './venues/routes.ts';

const bodyBytesMax = 1_048_576;
/** A little more than a file may have, so that the file's own sentence is the one that is read. */
const uploadBytesMax = bytesAtMost + bodyBytesMax;
const isUpload = (path: string) =>
  /^\/api\/(bookings\/[^/]+\/files|transfers\/imports)$/.test(path);

const routes = new Hono<AppEnvironment>()
  .get(
    '/api/health',
    describeRoute({
      summary: 'Whether the house and its database answer',
      responses: answer(200, 'They do', z.object({ status: z.literal('ok') })),
    }),
    async (c) => {
      await c.get('context').database.ask();
      return c.json({ status: 'ok' as const });
    },
  )
  .route('/api/accounts', accountsRoutes)
  .route('/api/accounts', accessLinksRoutes)
  .route('/api/staff', staffRoutes)
  .route('/api/organizations', organizationsRoutes)
  .route('/api/organizations', invitationsRoutes)
  .route('/api/openings', openingsRoutes)
  .route('/api/outbox', outboxRoutes)
  .route('/api/venues', venuesRoutes)
  .route('/api/venues', roomsRoutes)
  .route('/api/venues', pricesRoutes)
  .route('/api/venues', policiesRoutes)
  .route('/api/venues', cancellationTermsRoutes)
  .route('/api/venues', reductionGroundsRoutes)
  .route('/api/availability', availabilityRoutes)
  .route('/api/quotes', quotesRoutes)
  .route('/api/quotes', outlooksRoutes)
  .route('/api/bookings', bookingsRoutes)
  .route('/api/bookings', bookingLineRoutes)
  .route('/api/lines', linesRoutes)
  .route('/api/bookings', amendmentsRoutes)
  .route('/api/bookings', bookingEquipmentRoutes)
  .route('/api/bookings', bookingReadingsRoutes)
  .route('/api/bookings', subjectPaymentsRoutes('booking'))
  .route('/api/bookings', bookingOutlooksRoutes)
  .route('/api/bookings', bookingCancellationRoutes)
  .route('/api/bookings', bookingDocumentsRoutes)
  .route('/api/bookings', bookingPlansRoutes)
  .route('/api/bookings', bookingSettlementsRoutes)
  .route('/api/bookings', subjectDebtRoutes('booking'))
  .route('/api/run-sheets', runSheetsRoutes)
  .route('/api/closures', closuresRoutes)
  .route('/api/series', seriesRoutes)
  .route('/api/equipment', equipmentRoutes)
  .route('/api/utilities', utilitiesRoutes)
  .route('/api/bookings', bookingMovesRoutes)
  .route('/api/proposals', proposalsRoutes)
  .route('/api/bookings', bookingReductionsRoutes)
  .route('/api/reductions', reductionsRoutes)
  .route('/api/payments', paymentsRoutes)
  .route('/api/stripe-movements', stripeMovementsRoutes)
  .route('/api/bookings', subjectRefundsRoutes('booking'))
  .route('/api/refunds', refundsRoutes)
  .route('/api/write-offs', writeOffsRoutes)
  .route('/api/stripe', stripeRoutes)
  .route('/api/transfers', transfersRoutes)
  .route('/api/receivables', receivablesRoutes)
  .route('/api/drawers', drawersRoutes)
  .route('/api/closings', closingsRoutes)
  .route('/api/invoices', invoicesRoutes)
  .route('/api/documents', documentsRoutes)
  .route('/api/calendars', calendarsRoutes)
  .route('/calendars', calendarFilesRoutes)
  .route('/api/reports', reportsRoutes);

/** The type of the API for the typed client of the pages. */
export type App = typeof routes;

/** As much as a proxy lets through (docs/nginx.conf); who sends more comes without one, and we hang up. */
const discardedBytesMax = 33_554_432;

/** Read to its end: a proxy that is still sending when we hang up tells the sender 502 instead of our answer. */
const discardBody = async ({ body }: Request): Promise<void> => {
  let left = discardedBytesMax;
  const nowhere = new WritableStream<Uint8Array>({
    write: ({ length }, controller) => {
      left -= length;
      if (left < 0) controller.error();
    },
  });
  await body?.pipeTo(nowhere).catch(() => undefined);
};

const limitBody = (maxSize: number, tooLarge: () => AppError) =>
  bodyLimit({
    maxSize,
    onError: async (c) => {
      await discardBody(c.req.raw);
      throw tooLarge();
    },
  });

/** Every feature behind one address, one context and one error body. */
export const createApp = (house: House): Hono<AppEnvironment> => {
  const app = new Hono<AppEnvironment>();
  app.onError(respondError);
  app.notFound((c) => respondError(httpErrors.not_found(), c));
  app.use(protect(house));
  app.use(openContext(house));
  app.use(refuseFromElsewhere(house));
  const narrow = limitBody(bodyBytesMax, httpErrors.too_large);
  const wide = limitBody(uploadBytesMax, () =>
    fileErrors.too_large({ params: { most: megabytesAtMost } }),
  );
  app.use((c, next) => (isUpload(c.req.path) ? wide : narrow)(c, next));
  app.use(refuseUnreadable);
  app.use(idempotency);
  app.route('/', routes);
  const description = describeApi(app, house);
  app.get('/api/openapi.json', async (c) => c.json(await description()));
  app.route('/api/docs', docsRoutes);
  return app;
};
