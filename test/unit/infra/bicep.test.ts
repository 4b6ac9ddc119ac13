import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { Node } from 'web-tree-sitter';
import { settingNames } from '../../../src/config.js';
import { failed } from '../../../src/log.js';
import { unheardMinutes } from '../../../src/practice/alerts/unheard.js';
import { BicepFile } from './bicep-file.js';

const folder = new URL('../../../infra/', import.meta.url);
const modulePaths = readdirSync(new URL('modules/', folder)).map((file) => `modules/${file}`);
const main = new BicepFile('main.bicep');
const modules = modulePaths.map((path) => new BicepFile(path));
const parameterFiles = ['main.test.bicepparam', 'main.production.bicepparam'].map(
  (path) => new BicepFile(path),
);
const templates = [main, ...modules];
const named = (path: string) => modules.find((file) => file.path === path)!;
const unquoted = (text: string) => text.replace(/^'|'$/g, '');

/** Words that are Bicep's own and need no declaration. */
const builtIn = new Set(
  `resourceGroup subscriptionResourceId resourceId uniqueString substring guid empty union json string replace tenant
   environment concat map items readEnvironmentVariable description allowed minValue maxValue`.split(/\s+/),
);

/** The parameters a `module` statement hands over, by name. */
function given(statement: Node): string[] {
  const inside = (node: Node): Node[] => node.namedChildren.flatMap((child) => [child, ...inside(child)]);
  const params = inside(statement).find(
    (node) => node.type === 'object_property' && node.namedChildren[0]!.text === 'params',
  );
  return params!.namedChildren[1]!.namedChildren.filter((node) => node.type === 'object_property').map(
    (node) => node.namedChildren[0]!.text,
  );
}

/** Every name a file uses in an expression: not a declared name, not a property's. */
function used(file: BicepFile): Set<string> {
  const isUse = (node: Node): boolean => {
    const parent = node.parent!;
    const isFirst = parent.namedChildren[0]!.id === node.id;
    return !isFirst || !/^object_property$|_declaration$/.test(parent.type);
  };
  return new Set(
    file
      .ofKind('identifier')
      .filter(isUse)
      .map((node) => node.text),
  );
}

describe('the Bicep files', () => {
  it('are all there', () => {
    assert.equal(modules.length, 11);
  });

  for (const file of [...templates, ...parameterFiles]) {
    it(`can be read by the Bicep grammar: ${file.path}`, () => assert.deepEqual(file.problems(), []));
  }

  it('would be refused by the grammar when broken, so the check above can fail', () => {
    const broken = Object.create(BicepFile.prototype) as BicepFile;
    Object.assign(broken, { path: 'broken', tree: BicepFile.read("resource a 'b@c' = {\n  name: \n") });
    assert.notDeepEqual(broken.problems(), []);
  });

  it('declare every name they use, and use every name they declare', () => {
    const kinds = [
      'parameter_declaration',
      'variable_declaration',
      'module_declaration',
      'resource_declaration',
    ];
    for (const file of templates) {
      const declared = kinds.flatMap((kind) => file.declared(kind));
      const loops = file.ofKind('for_statement').flatMap((node) => {
        const head = /^\[?\s*for \(?(\w+)(?:, (\w+))?/.exec(node.text)!;
        return head.slice(1).filter((word) => word !== undefined);
      });
      const lambdas = [...file.tree.text.matchAll(/\b(\w+) =>/g)].map((match) => match[1]!);
      const uses = used(file);
      const known = new Set([...declared, ...loops, ...lambdas, ...builtIn]);
      assert.deepEqual(
        [...uses].filter((word) => !known.has(word)),
        [],
        `unknown in ${file.path}`,
      );
      const inputs = ['parameter_declaration', 'variable_declaration'].flatMap((kind) => file.declared(kind));
      assert.deepEqual(
        inputs.filter((word) => !uses.has(word)),
        [],
        `unused in ${file.path}`,
      );
    }
  });

  it('give each module exactly what it asks for', () => {
    const statements = main.ofKind('module_declaration');
    assert.equal(statements.length, modules.length);
    for (const statement of statements) {
      const file = named(unquoted(statement.namedChildren[1]!.text));
      const asked = file.declared('parameter_declaration');
      assert.deepEqual(given(statement).sort(), asked.sort(), file.path);
    }
  });

  it('read only outputs that exist', () => {
    const paths = new Map(
      main
        .ofKind('module_declaration')
        .map((node) => [node.namedChildren[0]!.text, unquoted(node.namedChildren[1]!.text)]),
    );
    const reads = [...main.tree.text.matchAll(/\b(\w+)!?\.outputs\.(\w+)/g)];
    assert.ok(reads.length > 15);
    for (const [, module, output] of reads) {
      assert.ok(
        named(paths.get(module!)!).declared('output_declaration').includes(output!),
        `${module}.${output}`,
      );
    }
  });
});

describe('the parameters of each environment', () => {
  for (const file of parameterFiles) {
    it(`are parameters of main.bicep, and leave none out: ${file.path}`, () => {
      const set = file.declared('variable_declaration');
      assert.deepEqual(
        set.filter((word) => !main.declared('parameter_declaration').includes(word)),
        [],
      );
      assert.deepEqual(
        main.requiredParameters().filter((word) => !set.includes(word)),
        [],
      );
    });
  }

  it('keep production on its own network, copied to a second region', () => {
    const text = parameterFiles[1]!.tree.text;
    assert.match(text, /usePrivateEndpoints = true/);
    assert.match(text, /storageRedundancy = 'Standard_GZRS'/);
  });
});

describe('what runs in Azure', () => {
  const app = named('modules/container-app.bicep');
  const storage = named('modules/storage.bicep');
  const backup = named('modules/backup.bicep');

  it('is configured by variables that the bot reads, each once, and none of them secret', () => {
    const list = app
      .ofKind('variable_declaration')
      .find((node) => node.namedChildren[0]!.text === 'environmentOf')!;
    const names = [...list.text.matchAll(/name: '(\w+)'/g)].map((match) => match[1]!);
    assert.deepEqual(
      names.filter((name) => !settingNames.includes(name)),
      [],
    );
    assert.equal(new Set(names).size, names.length);
    for (const needed of ['BOT_ID', 'BOT_TENANT_ID', 'AZURE_STORAGE_ACCOUNT'])
      assert.ok(names.includes(needed));
    assert.ok(!names.includes('BOT_PASSWORD') && !names.includes('AZURE_STORAGE_CONNECTION_STRING'));
    assert.doesNotMatch(templates.map((file) => file.tree.text).join(), /secretRef|listKeys\(|@secure/);
  });

  it('has two replicas at least, which answer people also while storage is away', () => {
    assert.match(main.tree.text, /@minValue\(2\)\s+param minReplicas int = 2/);
    assert.deepEqual(app.values('path'), ["'/healthz'", "'/healthz'", "'/healthz'"]);
    assert.deepEqual(app.values('allowInsecure'), ['false']);
  });

  it('opens storage and its backups to Entra identities only, over TLS 1.2', () => {
    for (const account of [storage, backup]) {
      assert.deepEqual(account.values('allowSharedKeyAccess'), ['false']);
      assert.deepEqual(account.values('allowBlobPublicAccess'), ['false']);
      assert.deepEqual(account.values('minimumTlsVersion'), ["'TLS1_2'"]);
    }
  });

  it('backs everything up each night, and says so when it did not', () => {
    const job = backup
      .ofKind('resource_declaration')
      .find((node) => node.text.includes('Microsoft.App/jobs@'))!;
    assert.match(job.text, /command: \['node', 'dist\/cli\/plr\.js', 'store', 'backup', /);
    assert.match(job.text, /cronExpression: '30 2 \* \* \*'/);
    assert.match(backup.tree.text, /No backup was finished for two days/);
  });

  it('gives four roles and no more: data in these accounts, pulling this image', () => {
    const roles = modules.flatMap(
      (file) => file.tree.text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [],
    );
    assert.deepEqual([...new Set(roles)].sort(), [
      '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
      '7f951dda-4ed3-4680-a7ca-43fe172d538d',
      '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
      'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    ]);
    for (const file of modules) {
      for (const node of file.ofKind('resource_declaration')) {
        if (!node.text.includes('Microsoft.Authorization/roleAssignments@')) continue;
        assert.match(node.text, /scope: (account|registry)\n/);
      }
    }
  });

  it('is a bot of this tenant alone, with no password', () => {
    const bot = named('modules/bot.bicep');
    assert.deepEqual(bot.values('msaAppType'), ["'UserAssignedMSI'"]);
    assert.deepEqual(bot.values('msaAppTenantId'), ['tenant().tenantId']);
    assert.deepEqual(bot.values('disableLocalAuth'), ['true']);
  });

  it('tells somebody when an alert message waits, and when nobody is looking', () => {
    const alerts = named('modules/alerts.bicep');
    const logRules = alerts
      .ofKind('resource_declaration')
      .filter((node) => node.text.includes('scheduledQueryRules'));
    assert.equal(logRules.length, 4);
    for (const rule of logRules) assert.match(rule.text, /severity: 0/);
    assert.equal(alerts.ofKind('resource_declaration').length, 7);
    assert.match(alerts.tree.text, /RequestUrl: 'https:\/\/\$\{host\}\/readyz'/);
  });

  it('tells somebody when an open alert has reached nobody for as long as the product says', () => {
    const alerts = named('modules/alerts.bicep');
    const rule = alerts.ofKind('resource_declaration').find((node) => node.text.includes('unheardLines'))!;
    assert.match(alerts.tree.text, /replace\(appLines, 'oldest-alert-message', 'unheard-alert'\)/);
    assert.match(rule.text, new RegExp(`threshold: ${unheardMinutes * 60}\\n`));
    assert.match(rule.text, /max\(tolong\(line\.ageMs\)\) \/ 1000/);
  });

  it('tells somebody when what the bot does by itself, or for a person, fails again and again', () => {
    const query = named('modules/alerts.bicep')
      .ofKind('variable_declaration')
      .find((node) => node.namedChildren[0]!.text === 'failedWork')!;
    const [, events] = /\.event\) in \((.*)\)/.exec(query.text)!;
    assert.deepEqual(events!.split(', ').map(unquoted).sort(), Object.values(failed).sort());
  });

  it('tells somebody of each way to the data past the bot', () => {
    const watched = named('modules/monitoring.bicep').tree.text;
    for (const operation of [
      'Authorization/roleAssignments/write',
      'Storage/storageAccounts/write',
      'Storage/storageAccounts/listKeys/action',
      'App/containerApps/write',
      'App/containerApps/getAuthToken/action',
      'App/jobs/write',
      'App/jobs/start/action',
      'ManagedIdentity/userAssignedIdentities/assign/action',
      'ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    ])
      assert.ok(watched.includes(`equals: 'Microsoft.${operation}'`), operation);
  });
});
