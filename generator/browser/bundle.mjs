// Bundle the scripts of the browsing pages: node bundle.mjs <folder of node_modules> <folder to write to>
//
// One classic script for each page, so that it runs under the strict policy, and from a folder opened by double click.
import { createRequire } from "node:module";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const BUNDLES = ["search", "explore", "compare", "edit"];
const NOTICES = "LICENSES.txt";

const [modules, target] = process.argv.slice(2).map((path) => resolve(path));
const here = dirname(fileURLToPath(import.meta.url));
const esbuild = createRequire(join(modules, "esbuild/"))("esbuild");

const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: BUNDLES.map((name) => `src/${name}.ts`),
  outdir: target,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  // All notices stand in one file beside the bundles.
  legalComments: "none",
  nodePaths: [modules],
  tsconfig: join(here, "tsconfig.json"),
  define: { "process.env.NODE_ENV": '"production"' },
  metafile: true,
  write: false,
  logLevel: "warning",
});

mkdirSync(target, { recursive: true });
const written = new Map(result.outputFiles.map((file) => [file.path, file.contents]));
written.set(join(target, NOTICES), Buffer.from(notices(result.metafile)));
for (const name of readdirSync(target)) {
  if (!written.has(join(target, name))) rmSync(join(target, name));
}
for (const [path, content] of written) writeFileSync(path, content);

// The licences ask that their text goes with every copy, a minified one too.
function notices(metafile) {
  const folders = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, input] of Object.entries(output.inputs)) {
      const found = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
      if (found && input.bytesInOutput > 0) folders.add(found[1]);
    }
  }
  return [...folders].sort().map(notice).join("\n\n");
}

function notice(name) {
  const folder = join(modules, name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.|$)/i.test(one));
  if (!file) throw new Error(`${name} has no licence file`);
  const text = readFileSync(join(folder, file), "utf8").replace(/\r\n/g, "\n").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
