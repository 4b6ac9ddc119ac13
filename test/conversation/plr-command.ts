import sinon from 'sinon';
import { createProgram } from '../../src/cli/program.js';

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

export async function plrJson<Document>(...words: string[]): Promise<Document> {
  return JSON.parse((await runPlr(...words, '--json')).out) as Document;
}
