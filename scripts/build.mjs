import { fail, nodePath, run, toolPath } from './toolchain.mjs';

/**
 * How turbo is asked to run a task. Without what it guesses from frameworks: by that all `PUBLIC_…` of the environment belongs to the app, so that
 * a server at another address would begin with building it anew.
 * @param {string} task
 * @returns {string[]}
 */
export function turboArgs(task) {
  return [toolPath('turbo'), 'run', task, '--output-logs=errors-only', '--ui=stream', '--framework-inference=false'];
}

/** Builds what changed since the last build. Says nothing, unless the build fails: then all of its output, and the process ends. */
export async function build() {
  const { code, output } = await run(nodePath, turboArgs('build'), { output: 'keep' });
  if (code !== 0) fail(`${output}\nThe build failed: see above.`);
}
