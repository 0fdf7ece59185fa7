import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { openAPIRouteHandler } from 'hono-openapi';
import { accountsRoutes } from './accounts/routes.ts';
import { bookingsRoutes } from './bookings/routes.ts';
import { calendarFilesRoutes, calendarsRoutes } from './calendars/routes/calendars.ts';
import type { House } from './context.ts';
import { pricesRoutes, quotesRoutes } from './fees/routes.ts';
import { bookingDocumentsRoutes, documentsRoutes } from './documents/routes.ts';
import { docsRoutes } from './http/docs.ts';
import type { AppEnvironment } from './http/environment.ts';
import { httpErrors } from './http/errors.ts';
import { idempotency } from './http/idempotency.ts';
import { respondError } from './http/respond.ts';
import { openContext } from './http/session.ts';
import { organizationsRoutes } from './organizations/routes.ts';
import { outboxRoutes } from './outbox/routes.ts';
import { bookingPaymentsRoutes, paymentsRoutes, stripeRoutes } from './payments/routes.ts';
import { reportsRoutes } from './reports/routes.ts';
import { roomsRoutes } from './rooms/routes.ts';
import { availabilityRoutes } from './slots/routes.ts';
import { venuesRoutes } from './venues/routes.ts';

const bodyBytesMax = 1_048_576;

const routes = new Hono<AppEnvironment>()
  .get('/api/health', async (c) => {
    await c.get('context').database.sql`select 1`;
    return c.json({ status: 'ok' as const });
  })
  .route('/api/accounts', accountsRoutes)
  .route('/api/organizations', organizationsRoutes)
  .route('/api/outbox', outboxRoutes)
  .route('/api/venues', venuesRoutes)
  .route('/api/venues', roomsRoutes)
  .route('/api/venues', pricesRoutes)
  .route('/api/availability', availabilityRoutes)
  .route('/api/quotes', quotesRoutes)
  .route('/api/bookings', bookingsRoutes)
  .route('/api/bookings', bookingPaymentsRoutes)
  .route('/api/bookings', bookingDocumentsRoutes)
  .route('/api/payments', paymentsRoutes)
  .route('/api/stripe', stripeRoutes)
  .route('/api/documents', documentsRoutes)
  .route('/api/calendars', calendarsRoutes)
  .route('/calendars', calendarFilesRoutes)
  .route('/api/reports', reportsRoutes);

/** The type of the API for the typed client of the pages. */
export type App = typeof routes;

/** Every feature behind one address, one context and one error body. */
export const createApp = (house: House): Hono<AppEnvironment> => {
  const app = new Hono<AppEnvironment>();
  app.onError(respondError);
  app.notFound((c) => respondError(httpErrors.not_found(), c));
  app.use(openContext(house));
  app.use(csrf());
  app.use(
    bodyLimit({
      maxSize: bodyBytesMax,
      onError: () => {
        throw new HTTPException(413);
      },
    }),
  );
  app.use(idempotency);
  app.route('/', routes);
  app.get(
    '/api/openapi.json',
    openAPIRouteHandler(app, {
      documentation: {
        openapi: '3.1.0',
        info: {
          title: '会館 Kaikan API',
          version: '1.0.0',
          description: 'Booking, fees, payment, papers and occupancy of the public halls.',
        },
      },
    }),
  );
  app.route('/api/docs', docsRoutes);
  return app;
};
