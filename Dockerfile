FROM node:24-bookworm-slim AS build
WORKDIR /kaikan
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/prepare.mjs --build

# The own database of the demonstration is optional, and a real house has another.
FROM node:24-bookworm-slim AS packages
WORKDIR /kaikan
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /kaikan
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=packages /kaikan/node_modules ./node_modules
COPY --from=build /kaikan/build/server ./build/server
COPY --from=build /kaikan/build/web ./build/web
COPY package.json LICENSE NOTICE ./
COPY db/migrations ./db/migrations
COPY db/guards ./db/guards
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=2m \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "build/server/server.js"]
