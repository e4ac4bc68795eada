import { existsSync } from 'node:fs';
import { join } from 'node:path';
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const sources = ['libs/*/src/**/*.ts', 'apps/*/src/**/*.ts', 'apps/catalog-ui/src/**/*.tsx'];
const pages = ['apps/catalog-ui/src/**/*.ts', 'apps/catalog-ui/src/**/*.tsx'];
const tests = ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.ts', 'test/**/*.ts', '*.mts', 'vitest.setup.ts'];

const environment = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Only libs/platform/src/config.ts reads process.env: take the setting from the configuration.',
  },
  {
    selector: "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']",
    message: 'Only libs/platform/src/config.ts reads process.env: take the setting from the configuration.',
  },
];
const barrels = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: import the file that defines what you need.' },
];
const impure = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Only Clock knows the time: take it as an argument or through the port.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Only Clock knows the time: take it as an argument or through the port.',
  },
  {
    selector: "CallExpression[callee.object.name='performance']",
    message: 'Only Clock knows the time: take it as an argument or through the port.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Only IdSource knows randomness: take it as an argument or through the port.',
  },
  {
    selector: 'CallExpression[callee.name=/^random(UUID|Bytes|Int)$/]',
    message: 'Only IdSource knows randomness: take it as an argument or through the port.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^random(UUID|Bytes|Int)$/]',
    message: 'Only IdSource knows randomness: take it as an argument or through the port.',
  },
];
// What one caller may see is decided where the caller's view of the ports is made; nothing else of the API may reach them.
const throughView = 'Read through the view of the caller: context.view has everything that this caller may see.';
const wholeCatalog = [
  {
    name: '@headwater/platform/tokens',
    importNames: [
      ...['CATALOG_READER', 'CATALOG_SEARCH', 'LINEAGE_GRAPH', 'LINEAGE_ROOTS', 'OWNERS_OF'],
      ...['EVENT_LOG', 'CHANGE_FEED'],
    ],
    message: throughView,
  },
];
const useCases = [
  {
    regex:
      '^@headwater/application/(lineage|catalog|changes)/|^@headwater/domain/traversal/(walk|diff|find|impact|directed)',
    allowTypeImports: true,
    message: throughView,
  },
];
const onlyAndSkip = [
  {
    selector: "CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name='only']",
    message: 'Committed tests all run.',
  },
  {
    selector: 'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name=/^(skip|todo)$/]',
    message: 'A skip needs a printed reason: call context.skip(reason) inside the test.',
  },
];
// The pages' specs know the browser; planted trees have no pages.
const testProjects = (root) =>
  ['./tsconfig.tests.json', './apps/catalog-ui/tsconfig.specs.json'].filter((path) => existsSync(join(root, path)));
const restrict = (...lists) => ['error', ...lists.flat()];

/**
 * The rules for the project at `root`; the gates' own tests lint a planted tree with them.
 * @param {string} root
 */
export const lintRules = (root) =>
  tseslint.config(
    {
      ignores: ['**/node_modules/**', '**/dist/**', '**/coverage/**', '**/generated/**', '**/fixtures/**'],
    },
    {
      linterOptions: { reportUnusedDisableDirectives: 'error' },
      rules: {
        'max-lines': ['error', { max: 400 }],
        'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      },
    },
    {
      files: ['**/*.mjs', '**/*.cjs'],
      extends: [js.configs.recommended],
      languageOptions: {
        globals: Object.fromEntries(
          [
            'process',
            'console',
            'Buffer',
            'URL',
            'URLSearchParams',
            'fetch',
            'performance',
            'setTimeout',
            'clearTimeout',
            'setInterval',
            'clearInterval',
            'setImmediate',
            'AbortSignal',
            'AbortController',
            'TextDecoder',
            'TextEncoder',
            'structuredClone',
            'module',
            'require',
          ].map((name) => [name, 'readonly']),
        ),
      },
    },
    {
      files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
      extends: [tseslint.configs.strictTypeChecked],
      rules: {
        '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
        '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
        // A Nest module is a class whose meaning is its decorator.
        '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
        '@typescript-eslint/switch-exhaustiveness-check': [
          'error',
          { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: true },
        ],
        '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
        // Objects of a shape that a library or code-first GraphQL declares as a class: the shape counts, never the class.
        '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
        '@typescript-eslint/no-misused-spread': 'off',
        '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
        eqeqeq: ['error', 'always', { null: 'ignore' }],
        'no-console': 'error',
      },
    },
    {
      files: sources,
      languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
      rules: {
        // Injection by type needs a class as a value, even where it only serves as a type.
        '@typescript-eslint/consistent-type-imports': 'off',
        'no-restricted-syntax': restrict(environment, barrels),
      },
    },
    {
      files: ['libs/domain/src/**/*.ts', 'libs/application/src/**/*.ts', 'libs/causal/src/**/*.ts'],
      rules: { 'no-restricted-syntax': restrict(environment, barrels, impure) },
    },
    {
      files: ['apps/catalog-api/src/**/*.ts'],
      ignores: ['use-cases.module', 'edit-job-use-cases', 'saved-use-cases'].map(
        (name) => `apps/catalog-api/src/${name}.ts`,
      ),
      rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: wholeCatalog, patterns: useCases }] },
    },
    {
      files: ['libs/platform/src/config.ts'],
      rules: { 'no-restricted-syntax': restrict(barrels) },
    },
    {
      files: pages,
      plugins: { 'react-hooks': reactHooks },
      rules: {
        'react-hooks/rules-of-hooks': 'error',
        'react-hooks/exhaustive-deps': 'error',
        // A handler of an event may be asynchronous; what it returns nobody waits for.
        '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      },
    },
    {
      files: tests,
      languageOptions: {
        parserOptions: { projectService: false, project: testProjects(root), tsconfigRootDir: root },
      },
      rules: {
        'no-restricted-syntax': restrict(barrels, onlyAndSkip),
        'no-console': 'off',
        // Answers of servers and planted faults are untyped on purpose.
        '@typescript-eslint/no-unsafe-argument': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
        '@typescript-eslint/no-unsafe-call': 'off',
        '@typescript-eslint/no-unsafe-member-access': 'off',
        '@typescript-eslint/no-unsafe-return': 'off',
        '@typescript-eslint/no-non-null-assertion': 'off',
      },
    },
  );

export default lintRules(import.meta.dirname);
