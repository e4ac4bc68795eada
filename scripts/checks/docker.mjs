import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { parseDocument } from 'yaml';

const instructions = new Set(
  'FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG STOPSIGNAL HEALTHCHECK SHELL'.split(' '),
);

/** @param {string} image @returns {string[]} why this base cannot be relied on */
function baseProblems(image) {
  const tag = /:([^/@]+)/.exec(image)?.[1];
  if (!tag || tag === 'latest') return [`${image}: name a version, so that two builds agree`];
  if (/alpine|musl/.test(image)) return [`${image}: the embedded PostgreSQL needs glibc`];
  return [];
}

/**
 * What is wrong with a Dockerfile: unknown instructions, a base that floats or lacks glibc, sources that the build
 * context lacks, a final stage that runs as root, without a health check on /health/live, or through a shell.
 * @param {string} text
 * @param {string} context the folder the image is built from
 * @returns {string[]}
 */
export function dockerfileProblems(text, context) {
  const all = DockerfileParser.parse(text).getInstructions();
  const keyword = (/** @type {any} */ instruction) => instruction.getInstruction().toUpperCase();
  const words = (/** @type {any} */ instruction) => instruction.getArguments().map((word) => word.getValue());
  const froms = all.filter((instruction) => keyword(instruction) === 'FROM');
  const stages = new Set(froms.map((from) => words(from)[2]).filter(Boolean));
  const problems = all
    .filter((instruction) => !instructions.has(keyword(instruction)))
    .map((instruction) => `line ${instruction.getRange().start.line + 1}: no instruction ${keyword(instruction)}`);
  for (const from of froms) if (!stages.has(words(from)[0])) problems.push(...baseProblems(words(from)[0] ?? ''));

  for (const copy of all.filter((instruction) => keyword(instruction) === 'COPY')) {
    const stage = copy
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue();
    if (stage && !stages.has(stage)) problems.push(`COPY --from=${stage}: no such stage`);
    if (stage) continue;
    for (const source of words(copy).slice(0, -1)) {
      if (!existsSync(join(context, source))) problems.push(`COPY ${source}: not in the build context`);
    }
  }

  const last = all.slice(all.lastIndexOf(froms.at(-1)));
  const find = (/** @type {string} */ name) => last.filter((instruction) => keyword(instruction) === name).at(-1);
  const user = find('USER') && words(find('USER'))[0];
  if (!user || /^(root|0)(:|$)/.test(user)) problems.push('the image runs as root: name another USER');
  if (!find('HEALTHCHECK')?.getTextContent().includes('/health/live')) problems.push('no HEALTHCHECK on /health/live');
  const start = find('ENTRYPOINT') ?? find('CMD');
  if (!/^\w+\s+\[/.test(start?.getTextContent() ?? '')) {
    problems.push('start the program as a list ["node", …]: a shell would keep signals from it');
  }
  return problems;
}

/**
 * The workspaces whose package.json the Dockerfile does not copy before installing: npm would not know them.
 * @param {string} text
 * @param {string} context
 * @returns {string[]}
 */
export function forgottenWorkspaces(text, context) {
  return ['apps', 'libs']
    .flatMap((group) => readdirSync(join(context, group)).map((name) => `${group}/${name}/package.json`))
    .filter((path) => existsSync(join(context, path)) && !new RegExp(`^COPY ${path} `, 'm').test(text))
    .map((path) => `${path} is not copied before npm ci`);
}

/**
 * What is wrong with a compose file: unparsable, a service without health check or fixed version, a volume that is not
 * declared, a password with a default, an app without authentication, a setting the app does not have.
 * @param {string} text
 * @param {ReadonlySet<string> | undefined} settings names the app reads; undefined leaves that part out
 * @returns {string[]}
 */
export function composeProblems(text, settings) {
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) return document.errors.map((error) => error.message);
  const { services = {}, volumes = {} } = document.toJS();
  const problems = [];
  for (const [name, service] of Object.entries(services)) {
    if (service.image) problems.push(...baseProblems(service.image));
    // The image of the app brings its own health check.
    if (!service.healthcheck && !service.build) problems.push(`${name}: no healthcheck`);
    for (const mount of service.volumes ?? []) {
      const volume = String(mount).split(':')[0];
      if (!(volume in volumes)) problems.push(`${name}: volume ${volume} is not declared`);
    }
    for (const other of Object.keys(service.depends_on ?? {})) {
      if (!(other in services)) problems.push(`${name}: depends on ${other}, which is no service`);
    }
    for (const [key, value] of Object.entries(service.environment ?? {})) {
      if (/PASSWORD/.test(key) && !/\$\{\w+:\?[^}]+\}/.test(String(value))) {
        problems.push(`${name}: ${key} must come from outside, with no default`);
      }
      if (name === 'app' && settings && !settings.has(key)) problems.push(`app: there is no setting ${key}`);
    }
  }
  if (/^(?:off|false|no)$/i.test(String(services.app?.environment?.HEADWATER_AUTH ?? ''))) {
    problems.push('app: publishes a port without authentication');
  }
  return problems;
}
