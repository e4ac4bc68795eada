import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../build-project.mjs';

/**
 * Runs a Node program and collects what it prints, both streams in `output`.
 * @param {string} root working directory
 * @param {string[]} args arguments of node
 * @param {NodeJS.ProcessEnv} [env] beside the current environment
 * @returns {Promise<{ ok: boolean, code: number, stdout: string, output: string }>}
 */
export function runProgram(root, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, code: 1, stdout, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ ok: code === 0, code: code ?? 1, stdout, output }));
  });
}

/**
 * A tool installed with the project, which also serves a planted tree that has no packages of its own.
 * @param {string} path below node_modules
 */
export const tool = (path) => join(projectRoot, 'node_modules', path);

/**
 * The lines of a tool's output that say something.
 * @param {string} output
 * @returns {string[]}
 */
export const saidLines = (output) => output.split('\n').filter((line) => line.trim() !== '');
