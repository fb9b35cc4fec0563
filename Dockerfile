# The one-process form of Trolley. `docker compose up` runs it on Postgres; alone it keeps its data in /data.
FROM debian:bookworm-slim AS system
# Node 26 itself comes with the locked dependencies; this is the one library it needs that the image lacks.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends libatomic1 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app

# Of this image only npm is used, and a Node to run it before ours is installed.
FROM node:24-bookworm-slim AS manifests
RUN apt-get update && apt-get install --yes --no-install-recommends libatomic1
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY shared/package.json shared/
COPY realtime/package.json realtime/
COPY api/package.json api/
COPY web/package.json web/
COPY standalone/package.json standalone/
COPY tests/package.json tests/
COPY bench/package.json bench/
COPY scripts/package.json scripts/

FROM manifests AS build
RUN npm ci
COPY . .
RUN node scripts/build.mjs

FROM manifests AS dependencies
RUN npm ci --omit=dev

FROM system
# With the links to the workspaces, not copies of them: Node runs TypeScript unbuilt only outside node_modules.
COPY --from=dependencies /app ./
COPY shared shared
COPY realtime realtime
COPY api api
COPY standalone standalone
COPY deploy/healthcheck.mjs deploy/
COPY --from=build /app/web/build web/build
RUN useradd --system --uid 10001 trolley && install --directory --owner=trolley /data
USER trolley
ENV NODE_ENV=production PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node_modules/.bin/node", "deploy/healthcheck.mjs"]
CMD ["node_modules/.bin/node", "standalone/src/main.ts"]
