import sinon from 'sinon';
import { createFoundation, type Foundation } from '../../src/foundation.js';
import { createProgram } from '../../src/cli/program.js';
import { readConfig } from '../../src/config.js';
import { startAzurite } from '../stand-ins/azurite.js';

export interface Ran {
  /** What the process would exit with. */
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The operator's program, run in this process: what it prints and how it ends. */
export async function runPlr(...words: string[]): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const writes = [
    sinon.stub(process.stdout, 'write').callsFake((text) => Boolean(out.push(String(text)))),
    sinon.stub(process.stderr, 'write').callsFake((text) => Boolean(err.push(String(text)))),
  ];
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await createProgram().parseAsync(['node', 'plr', ...words]);
    return { code: process.exitCode, out: out.join(''), err: err.join('') };
  } finally {
    for (const write of writes) write.restore();
    process.exitCode = before;
  }
}

/** The store that the operator's program finds in its environment, empty; `stop` deletes it. */
export async function startOperatorsStore(): Promise<{ foundation: Foundation; stop: () => Promise<void> }> {
  const { connectionString } = await startAzurite();
  const env = { ...process.env, PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: connectionString };
  const stubbed = sinon.stub(process, 'env').value(env);
  const foundation = await createFoundation(readConfig(env), { log: () => {} });
  const { table, container, queue } = foundation.clients;
  return {
    foundation,
    stop: async () => {
      stubbed.restore();
      await Promise.all([table.deleteTable(), container.delete(), queue.delete()]);
    },
  };
}

export async function plrJson<Document>(...words: string[]): Promise<Document> {
  return JSON.parse((await runPlr(...words, '--json')).out) as Document;
}
