/**
 * Makes the program one file, and the thread of the embedded store another: a thousand small ones take most of the time
 * of a start. The text of a file stays in memory as long as it runs, so it holds no letter beyond ASCII (which doubles
 * every one of them), no white space, and nothing that is never used here.
 */
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/** What is loaded late or seldom, and what looks for files beside itself, stays outside. */
const APART = ['bullmq', 'exceljs', 'iconv-lite', 'ioredis'];

/** Parts of libraries that are not needed here or not yet, with what stands in for them. */
const INSTEAD = [
  // The platform reads addresses itself, by the same standard.
  [/^whatwg-url$/, 'module.exports = { URL, URLSearchParams };'],
  // Faults of a check in fifty languages; those in English are asked for by their own name.
  [/^\.\.\/locales\/index\.cjs$/, ''],
  // Tables of all letters, for whoever signs in at a MongoDB with a password.
  [
    /^@mongodb-js\/saslprep$/,
    'exports.saslprep = (...given) => require("@mongodb-js/saslprep").saslprep(...given);',
  ],
];

const instead = {
  name: 'instead',
  setup(build) {
    for (const [filter, contents] of INSTEAD)
      build.onResolve({ filter }, ({ path, namespace }) =>
        namespace === 'instead' ? { external: true } : { path, namespace: 'instead', pluginData: contents },
      );
    build.onLoad({ filter: /./, namespace: 'instead' }, ({ pluginData }) => ({ contents: pluginData }));
  },
};

/** Each file by what it begins with, one after the other. */
export async function bundle(files) {
  for (const [outfile, entry] of Object.entries(files))
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      charset: 'ascii',
      external: APART,
      // Both that want it are served by one: its table is as long as a book.
      alias: { 'mime-types': require.resolve('mime-types') },
      plugins: [instead],
      // Names stay, and lines short enough for a stack to say where.
      minifyWhitespace: true,
      lineLimit: 160,
      logLevel: 'error',
    });
}
