import { replaceFound, type Replacement } from '../replacement.ts';

export const valibotReplacements: readonly Replacement[] = [
  {
    // On a phone nobody reads what was expected and where: a schema says whether something is what it should be.
    path: '/valibot/dist/index.mjs',
    replace: (source) => replaceFound(source, /^function _addIssue\([^]*?^\}\n/m, addIssue),
  },
];

const addIssue = `function _addIssue(context, label, dataset, _config, other) {
  if (context.kind === 'schema') dataset.typed = false;
  (dataset.issues ??= []).push({ message: 'Invalid ' + label, path: other?.path });
}
`;
