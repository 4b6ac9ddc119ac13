import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);
const read = (path: string) => readFileSync(at(path), 'utf8');

const dockerfile = read('infra/Dockerfile').replace(/\\\n/g, ' ');
const lines = dockerfile.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
/** What is copied from the project, not from an earlier stage. */
const copied = lines
  .filter((line) => /^COPY (?!--from)/.test(line))
  .flatMap((line) => line.split(/\s+/).slice(1, -1));

describe('the container image', () => {
  it('copies only what exists', () => {
    assert.ok(copied.length >= 8);
    assert.deepEqual(
      copied.filter((path) => !existsSync(at(path))),
      [],
    );
  });

  it('is built from a folder that holds what it copies, and nothing else', () => {
    const rules = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    assert.equal(rules[0], '*');
    assert.deepEqual(rules.slice(1).sort(), [...new Set(copied)].map((path) => `!${path}`).sort());
  });

  it('copies from stages that exist', () => {
    const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\w+)$/gm)].map((match) => match[1]!);
    const from = [...dockerfile.matchAll(/--from=(\w+)/g)].map((match) => match[1]!);
    assert.deepEqual([...new Set(from)].sort(), stages.sort());
  });

  it('runs Node 24 and the bot alone, as a user without rights', () => {
    for (const line of lines.filter((line) => line.startsWith('FROM '))) assert.match(line, /^FROM node:24-/);
    assert.ok(last.includes('USER 1000:1000'));
    assert.equal(last.at(-1), 'CMD ["node", "--enable-source-maps", "dist/main.js"]');
  });

  it('leaves development tools out, and writes nothing where it runs', () => {
    assert.ok(lines.includes('RUN npm ci --omit=dev'));
    assert.ok(!last.some((line) => /^(VOLUME|RUN .*(chown|chmod))/.test(line)));
  });
});

interface Step {
  uses: string;
  with: Record<string, string>;
}

describe('the Agents Toolkit project', () => {
  const project = parse(read('m365agents.yml')) as {
    environmentFolderPath: string;
    provision: Step[];
    publish: Step[];
  };
  const steps = [...project.provision, ...project.publish];

  it('checks the package before it is uploaded', () => {
    assert.deepEqual(
      project.provision.map((step) => step.uses),
      [
        'teamsApp/create',
        'teamsApp/validateManifest',
        'teamsApp/zipAppPackage',
        'teamsApp/validateAppPackage',
        'teamsApp/update',
      ],
    );
    assert.deepEqual(
      project.publish.map((step) => step.uses),
      ['teamsApp/zipAppPackage', 'teamsApp/publishAppPackage'],
    );
  });

  it('names files that exist', () => {
    assert.ok(existsSync(at(project.environmentFolderPath)));
    for (const step of steps) {
      const { manifestPath } = step.with;
      if (manifestPath !== undefined) assert.ok(existsSync(at(manifestPath)), manifestPath);
    }
  });

  it('uploads the package it made', () => {
    const made = new Set(
      steps.map((step) => step.with['outputZipPath']).filter((path) => path !== undefined),
    );
    const sent = new Set(
      steps.map((step) => step.with['appPackagePath']).filter((path) => path !== undefined),
    );
    assert.equal(made.size, 1);
    assert.deepEqual(sent, made);
  });
});
