import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { strFromU8, unzipSync } from 'fflate';
import { Resvg } from '@resvg/resvg-js';
import { features } from '../../../src/features.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import { aContext } from '../../builders/a-context.js';
import { fillManifest, packApp } from '../../../manifest/pack.js';

const values = {
  TEAMS_APP_ID: '11111111-2222-4333-8444-555555555555',
  BOT_ID: '66666666-7777-4888-9999-000000000000',
  APP_NAME: 'Practice Learning Bot (test)',
  DEVELOPER_NAME: 'Example Council',
  DEVELOPER_WEBSITE_URL: 'https://example.gov.uk/',
  PRIVACY_URL: 'https://example.gov.uk/privacy',
  TERMS_OF_USE_URL: 'https://example.gov.uk/terms',
};

interface Manifest {
  $schema: string;
  manifestVersion: string;
  id: string;
  bots: {
    botId: string;
    scopes: string[];
    supportsFiles: boolean;
    commandLists: { scopes: string[]; commands: { title: string }[] }[];
  }[];
  validDomains: string[];
  authorization?: unknown;
}

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url));
const packedManifest = (over: Record<string, string> = {}) =>
  JSON.parse(strFromU8(unzipSync(packApp({ ...values, ...over }))['manifest.json']!)) as Manifest;

/** The published schema is draft 4, which Ajv 8 does not announce but can apply: it uses no draft-4 keyword. */
function schemaErrors(manifest: Manifest): string[] {
  const path = `@microsoft/app-manifest/build/json-schemas/teams/v${manifest.manifestVersion}/MicrosoftTeams.schema.json`;
  const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(path), 'utf8')) as Record<
    string,
    unknown
  >;
  delete schema['$schema'];
  const validate = new Ajv({ strict: false, allErrors: true, formats: { uri: true } }).compile(schema);
  validate(manifest);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

/** Pixels of a committed picture, read by drawing it on nothing at its own size: RGBA times alpha, row by row. */
function pixels(icon: string, size: number): Uint8Array {
  const href = `data:image/png;base64,${read(`manifest/${icon}.png`).toString('base64')}`;
  const frame = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">`;
  return new Resvg(`${frame}<image href="${href}" width="${size}" height="${size}"/></svg>`).render().pixels;
}

describe('the Teams app package', () => {
  it('has the manifest and the two icons at its root, and nothing else', () => {
    assert.deepEqual(Object.keys(unzipSync(packApp(values))).sort(), [
      'color.png',
      'manifest.json',
      'outline.png',
    ]);
  });

  it('is the same to the byte for the same values', () => {
    assert.deepEqual(packApp(values), packApp({ ...values }));
  });

  it('is valid against the schema it names', () => {
    assert.deepEqual(schemaErrors(packedManifest()), []);
  });

  it('is refused by the schema when the bot id is not an id, so the check above can fail', () => {
    const errors = schemaErrors(packedManifest({ BOT_ID: 'the-bot' }));
    assert.equal(errors.length, 1);
    assert.match(errors[0]!, /^\/bots\/0\/botId must match pattern/);
  });

  it('names the schema of its own version', () => {
    const manifest = packedManifest();
    assert.ok(manifest.$schema.includes(`/v${manifest.manifestVersion}/`));
  });

  it('asks for nothing it does not need: no web pages, no rights to read a team', () => {
    const manifest = packedManifest();
    assert.deepEqual(manifest.validDomains, []);
    assert.equal(manifest.authorization, undefined);
    assert.deepEqual(manifest.bots[0]!.scopes, ['personal', 'team']);
    assert.equal(manifest.bots[0]!.supportsFiles, true);
  });

  it('offers only what is answered: in a personal chat, where a manager and a practitioner may both ask for it', () => {
    const council = aContext();
    const people = ['ash-manager', 'ash-worker-first'].map((id) =>
      council.organisation.people.get(id as PersonId)!,
    );
    const commands = features.flatMap(({ commands = [] }) => commands);
    const offered = packedManifest().bots[0]!.commandLists;
    assert.deepEqual(
      offered.map(({ scopes }) => scopes),
      [['personal']],
    );
    for (const { title } of offered.flatMap(({ commands }) => commands)) {
      // Help is the answer to whatever no command answers.
      if (title === 'help') continue;
      const command = commands.find(({ words }) => words.includes(title));
      for (const person of people)
        assert.equal(command?.for(person, council), true, `${title} for ${person.id}`);
    }
  });

  it('says every missing value at once, by name', () => {
    assert.throws(() => packApp({ ...values, BOT_ID: '', PRIVACY_URL: undefined }), {
      code: 'manifest-values-missing',
      message: 'Set these before packing: PRIVACY_URL, BOT_ID',
    });
  });

  it('keeps a value with quotation marks a value', () => {
    assert.deepEqual(JSON.parse(fillManifest('{"a":"${{A}}"}', { A: 'x","b":"y' })), { a: 'x","b":"y' });
  });

  it('leaves no place unfilled', () => {
    assert.doesNotMatch(JSON.stringify(packedManifest()), /\$\{\{/);
  });

  it('finds every value it needs in the file of each environment', () => {
    const needed = [
      ...read('manifest/manifest.json')
        .toString()
        .matchAll(/\$\{\{(\w+)\}\}/g),
    ].map((m) => m[1]!);
    for (const environment of ['test', 'production']) {
      const file = read(`infra/env/.env.${environment}`).toString();
      assert.deepEqual(
        needed.filter((name) => !new RegExp(`^${name}=`, 'm').test(file)),
        [],
      );
    }
  });
});

describe('the icons', () => {
  it('are 192 and 32 pixels square', () => {
    for (const [icon, size] of [
      ['color', 192],
      ['outline', 32],
    ] as const) {
      const png = read(`manifest/${icon}.png`);
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [size, size]);
    }
  });

  it('draw the outline in white on nothing: Teams refuses any other colour', () => {
    const rgba = pixels('outline', 32);
    let drawn = 0;
    for (let at = 0; at < rgba.length; at += 4) {
      const [red, green, blue, alpha] = rgba.subarray(at, at + 4);
      if (alpha === 0) continue;
      drawn += 1;
      assert.deepEqual([red, green, blue], [alpha, alpha, alpha], `pixel ${at / 4}`);
    }
    assert.ok(drawn > 100 && drawn < 32 * 32 - 100, `${drawn} pixels drawn`);
  });

  it('are what their SVG draws today', () => {
    for (const [icon, size] of [
      ['color', 192],
      ['outline', 32],
    ] as const) {
      const drawn = new Resvg(read(`manifest/${icon}.svg`).toString()).render().pixels;
      const kept = pixels(icon, size);
      const furthest = drawn.reduce((worst, value, at) => Math.max(worst, Math.abs(value - kept[at]!)), 0);
      assert.ok(furthest <= 2, `${icon}.png: run npx tsx manifest/draw-icons.ts`);
    }
  });
});
