/** @import { Linter, Rule } from 'eslint' */

/** @type {{ rules: Record<string, Rule.RuleModule> }} */
const plugin = { rules: {} };

/**
 * One thing that may not be written, in some files. It becomes an ESLint rule of its own, `trolley/<name>`, so that several can
 * hold in one file: of two settings of one rule, ESLint keeps only the last.
 * @typedef {{ name: string, files: string[], ignores?: string[], message: string }} Restriction
 */

/**
 * Forbids syntax, given as ESLint selectors.
 * @param {Restriction & { selectors: string[] }} restriction
 * @returns {Linter.Config}
 */
export function forbidSyntax({ selectors, message, ...place }) {
  return asConfig(place, {
    create: (context) =>
      Object.fromEntries(
        selectors.map((selector) => [selector, (/** @type {Rule.Node} */ node) => context.report({ node, message })]),
      ),
  });
}

/**
 * Forbids imports and re-exports, static or dynamic, whose specifier matches. `mayTakeTypes` lets those pass that leave no trace
 * in the running code.
 * @param {Restriction & { pattern: RegExp, mayTakeTypes?: boolean }} restriction
 * @returns {Linter.Config}
 */
export function forbidImports({ pattern, mayTakeTypes = false, message, ...place }) {
  return asConfig(place, {
    create(context) {
      /** @param {any} node */
      const check = (node) => {
        const specifier = node.source?.value;
        if (typeof specifier !== 'string' || !pattern.test(specifier)) return;
        if (mayTakeTypes && isTypeOnly(node)) return;
        context.report({ node, message });
      };
      return {
        ImportDeclaration: check,
        ImportExpression: check,
        ExportNamedDeclaration: check,
        ExportAllDeclaration: check,
      };
    },
  });
}

/** @param {any} node */
function isTypeOnly({ importKind, exportKind, specifiers = [] }) {
  if (importKind === 'type' || exportKind === 'type') return true;
  return specifiers.length > 0 && specifiers.every((/** @type {any} */ specifier) => specifier.importKind === 'type');
}

/**
 * @param {{ name: string, files: string[], ignores?: string[] }} place
 * @param {Rule.RuleModule} rule
 * @returns {Linter.Config}
 */
function asConfig({ name, files, ignores }, rule) {
  plugin.rules[name] = rule;
  return {
    name: `trolley/${name}`,
    files,
    ...(ignores === undefined ? {} : { ignores }),
    plugins: { trolley: plugin },
    rules: { [`trolley/${name}`]: 'error' },
  };
}
