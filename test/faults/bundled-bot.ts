import { build, type Plugin } from 'esbuild';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const program = fileURLToPath(new URL('./child-bot.ts', import.meta.url));
/** Inside the project, where the packages are found. */
const bundle = fileURLToPath(
  new URL(`../../node_modules/.cache/plr/bot-${process.pid}.mjs`, import.meta.url),
);

/** Each source finds its neighbours, the cards for instance, from where it is itself. */
const fromWhereItWas: Plugin = {
  name: 'from where it was',
  setup: (building) =>
    building.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return {
        loader: 'ts',
        contents: source.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      };
    }),
};

let bundled: Promise<string> | undefined;

/** The bot as it is in `src` now, in one file: read through tsx, each process would take a second longer to start. */
export function bundledBot(): Promise<string> {
  bundled ??= makeBundle();
  return bundled;
}

async function makeBundle(): Promise<string> {
  process.once('exit', () => rmSync(bundle, { force: true }));
  await build({
    entryPoints: [program],
    outfile: bundle,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
    plugins: [fromWhereItWas],
  });
  return bundle;
}
