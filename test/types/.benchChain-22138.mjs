// test/types/chain.ts
var CHAIN = `labelingJob()
  .named('street-signs').task(boxes).input('s3://acme/in.manifest').output('s3://acme/out/', kmsKey)
  .role(role).workers(team, { perObject: 3 }).autoLabeling(volumeKmsKey).labelAttribute('signs')
  .stopWhen({ percentLabeled: 50 }).tags({ a: '1' }).tags({ b: '2' }).tags({ c: '3' })
  .raw({ JobTags: [] }).tags({ d: '4' }).toRequest({ region: 'us-east-1' })`;
var CHAIN_INSTANTIATIONS = 832;

// test/types/compile-snippets.ts
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts2 from "typescript";

// test/support/make-programs.ts
import ts from "typescript";
function programsWith(options) {
  const parsed = /* @__PURE__ */ new Map();
  return (texts, names = [...texts.keys()]) => {
    const host = ts.createCompilerHost(options);
    host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors;
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (name) => texts.has(name) || fileExists(name);
    host.readFile = (name) => texts.get(name) ?? readFile(name);
    host.getSourceFile = (name, version, ...rest) => {
      const text = texts.get(name);
      if (text !== void 0) return ts.createSourceFile(name, text, version);
      if (!parsed.has(name)) parsed.set(name, getSourceFile.call(host, name, version, ...rest));
      return parsed.get(name);
    };
    return ts.createProgram(names, options, host);
  };
}
function messagesOf(program, name) {
  const file = program.getSourceFile(name);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")
  );
}

// test/types/compile-snippets.ts
var ROOT = fileURLToPath(new URL("../../", import.meta.url));
var PRELUDE = readFileSync(new URL("./snippet-prelude.ts.txt", import.meta.url), "utf8");
var MISUSES = JSON.parse(
  readFileSync(new URL("./misuses.json", import.meta.url), "utf8")
);
function countInstantiations(snippet) {
  return instantiationsOf(snippet) - instantiationsOf("");
}
function instantiationsOf(snippet) {
  const files = filesOf([snippet]);
  const program = programOf(files);
  const wrong = [...files.keys()].flatMap((name) => messagesOf(program, name));
  if (wrong.length > 0) throw new Error(wrong[0]);
  return program.getInstantiationCount();
}
function filesOf(snippets) {
  return new Map(
    snippets.map((snippet, index) => [`${ROOT}test/types/snippet-${index}.ts`, `${PRELUDE}${snippet}
`])
  );
}
var { config } = ts2.readConfigFile(`${ROOT}tsconfig.json`, ts2.sys.readFile);
var programOf = programsWith({
  // Without the list of the repository's own files, which takes the disk.
  ...ts2.convertCompilerOptionsFromJson(config.compilerOptions, ROOT).options,
  isolatedModules: false,
  noUnusedLocals: false,
  verbatimModuleSyntax: false,
  paths: {
    "labeling-job": [`${ROOT}src/index.ts`],
    "@aws-sdk/*": [`${ROOT}test/types/no-sdk.d.ts`]
  }
});

// test/bench/chain.bench.ts
function benchChain() {
  const count = countInstantiations(CHAIN);
  return [
    {
      measure: "instantiations of a chain of 15 calls",
      value: String(count),
      budget: `${CHAIN_INSTANTIATIONS}, pinned`,
      kept: count <= CHAIN_INSTANTIATIONS
    }
  ];
}
export {
  benchChain
};
