// `npm run cluster`: the shape of docker-compose.yml as plain processes, from installed Postgres, Redis and nginx.
import { build } from './build.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { nodePath, runInOurPlace } from './toolchain.mjs';

await ensureInstalled();
await build();
await runInOurPlace(nodePath, ['scripts/cluster/main.ts']);
