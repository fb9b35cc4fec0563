import type { Results } from '../../sync/results.ts';
import { exampleResults, exampleRun, exampleSystem } from '../../sync/testing/example-results.ts';
import { exampleWeight } from '../../sync/testing/example-weight.ts';

/** A bench in round numbers: an edit costs 400 µs at 200/s and 100 µs at 2,500/s, in every process. */
export function exampleBench(): Results {
  const runs = (roles: readonly string[]) =>
    [
      [200, 400],
      [2_500, 100],
    ].map(([rate = 0, us = 0]) =>
      exampleRun({
        rate,
        cpuUs: us * roles.length,
        cpuUsByRole: Object.fromEntries(roles.map((role) => [role, us])),
        postgresCpuUs: us,
        redisCpuUs: us / 10,
      }),
    );
  return exampleResults([
    exampleSystem('oneProcess', runs(['server']), { weight: exampleWeight(['server']) }),
    exampleSystem('relayAndApi', runs(['relay', 'api']), { weight: exampleWeight(['relay', 'api']) }),
    exampleSystem('twoRelays', runs(['relay', 'api'])),
  ]);
}
