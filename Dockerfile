# All that runs for people. Targets: `server` for the nodes of docker-compose.yml, `gateway` before them, and `standalone`, everything in one
# process, which is also what a build without a target gives.
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

# The command says which of the nodes it is: api/src/main.ts or realtime/src/main.ts.
FROM system AS server
# With the links to the workspaces, not copies of them: Node runs TypeScript unbuilt only outside node_modules.
COPY --from=dependencies /app ./
COPY shared shared
COPY realtime realtime
COPY api api
COPY deploy/healthcheck.mjs deploy/
RUN useradd --system --uid 10001 trolley
USER trolley
ENV NODE_ENV=production PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["node_modules/.bin/node", "deploy/healthcheck.mjs"]

# From 1.27.3 on nginx looks names up again while it runs.
FROM nginx:1.28-alpine AS gateway
COPY deploy/nginx.conf /etc/nginx/templates/nginx.conf.template
COPY --from=build /app/web/build /srv/web
# The image fills in what begins with that, and leaves nginx's own variables alone.
ENV NGINX_ENVSUBST_FILTER=^GATEWAY_ NGINX_ENVSUBST_OUTPUT_DIR=/tmp
USER nginx
EXPOSE 3000
STOPSIGNAL SIGQUIT
CMD ["nginx", "-c", "/tmp/nginx.conf", "-e", "stderr", "-g", "daemon off;"]

FROM server AS standalone
COPY standalone standalone
COPY --from=build /app/web/build web/build
USER root
RUN install --directory --owner=trolley /data
USER trolley
ENV DATA_DIR=/data
VOLUME /data
CMD ["node_modules/.bin/node", "standalone/src/main.ts"]
