import { relative } from 'node:path';

/**
 * Vitest reporter that counts: a failed suite or an error outside any test counts as a failed test, and every skipped
 * test is listed with its reason.
 */
export class CountReporter {
  /** @param {string} root */
  constructor(root) {
    this.root = root;
    this.passed = 0;
    this.failed = 0;
    /** @type {{ test: string, reason: string | undefined }[]} */
    this.skipped = [];
  }

  /** @param {readonly any[]} modules @param {readonly unknown[]} unhandledErrors */
  onTestRunEnd(modules, unhandledErrors) {
    for (const module of modules) {
      for (const suite of [module, ...module.children.allSuites()]) {
        if (suite.errors().length > 0) this.failed += 1;
      }
      for (const test of module.children.allTests()) this.#count(module, test);
    }
    this.failed += unhandledErrors.length;
  }

  /** @param {any} module @param {any} test */
  #count(module, test) {
    const result = test.result();
    if (result.state === 'passed') this.passed += 1;
    else if (result.state === 'failed') this.failed += 1;
    else this.skipped.push({ test: `${relative(this.root, module.moduleId)} > ${test.fullName}`, reason: result.note });
  }
}
