import { fail, nodePath, run, toolPath } from './toolchain.mjs';

/** Builds what changed since the last build. Says nothing, unless the build fails: then all of its output, and the process ends. */
export async function build() {
  const args = [toolPath('turbo'), 'run', 'build', '--output-logs=errors-only', '--ui=stream'];
  const { code, output } = await run(nodePath, args, { output: 'keep' });
  if (code !== 0) fail(`${output}\nThe build failed: see above.`);
}
