#!/usr/bin/env bash
# What `npm test` cannot see: that the package, as it would be published, is sound. One line a step: what it proves,
# and how long it took.
set -uo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

step() { # step <what it proves> <command...>
  local title=$1 start=$SECONDS
  shift
  if "$@" >"$work/log" 2>&1; then
    printf 'ok    %s (%ss)\n' "$title" $((SECONDS - start))
    # A step says what it left out, or measured, in lines that begin so.
    sed -n 's/^note: /      /p' "$work/log"
  else
    printf 'FAIL  %s (%ss)\n' "$title" $((SECONDS - start))
    tail -60 "$work/log" | sed 's/^/      /'
    failed=$((failed + 1))
  fi
}

pack() {
  npm pack --ignore-scripts --silent --pack-destination "$work" >"$work/name" && mv "$work/$(cat "$work/name")" "$work/package.tgz"
}

# Accepted findings of arethetypeswrong: none. A rule that is ignored here needs its reason in this place.
# It also accepts a package that has lost its types altogether, so that is asked for by itself.
types_resolve() {
  tar -tf "$work/package.tgz" package/dist/index.d.ts package/dist/index.d.cts &&
    npx --no-install attw "$work/package.tgz" --format ascii --no-color
}

check_site() {
  npx --no-install tsc -p docs/playground --noEmit && node scripts/check-site.mjs "$work/site"
}

step 'the code is formatted and linted' npx --no-install biome check .
step 'the code, the tests and the scripts type-check' npx --no-install tsc --noEmit
step 'nothing is left over: no file, export or dependency that nothing uses (knip)' npx --no-install knip
step 'the house keeps its layout: folders, sizes, no import upwards, no circle' npm run --silent layout
step 'the package builds: ESM, CommonJS and types for both' npm run --silent build
step 'the public surface is the one that is written down in api/' node scripts/print-api.mjs --check
step 'the package packs' pack
step 'two clones give the same package, byte for byte' node scripts/check-reproducible.mjs
step 'the manifest of the package is right for every tool (publint)' npx --no-install publint "$work/package.tgz" --strict
step 'every dependency has a licence that was looked at' node scripts/check-licences.mjs
step 'types resolve in node10, node16 from both sides, and bundlers (attw)' types_resolve
step 'what is counted keeps its budget: files, sizes, calls, type cost (bench)' node test/bench/run.mjs --counts
step 'the first program of the README runs as pasted, with each command given for it, on Node 20, 22 and 24' \
  node scripts/check-first-program.mjs "$work/package.tgz" "$work/first-program"
step 'it works for its consumers: Node, TypeScript, AWS SDKs, bundlers, test runners, package managers' \
  node scripts/check-consumers.mjs "$work/package.tgz"
step 'the examples type-check' npx --no-install tsc -p examples --noEmit
step 'each example runs with Node 22 and 24 alone, with ts-node on Node 20, 22 and 24, and with tsx' node scripts/check-examples.mjs
step 'a long wait is one line on a terminal' node scripts/check-terminal.mjs
step 'the site builds, every link of it leads somewhere, and the playground answers in Chromium as the library does' \
  check_site
step 'the page of evidence shows all of itself at 1280 and 400 px and on paper, and asks for nothing (chromium)' \
  node scripts/check-page.mjs
step 'the examples run in Deno and Bun, and in a notebook, where values show themselves' \
  node scripts/check-runtimes.mjs "$work/package.tgz" "$work/runtimes"
step 'no pattern takes long on hostile text, but for those named with a reason (redos)' node scripts/check-patterns.mjs
step 'every policy document that is handed out, of every task, is sound for another linter (parliament)' \
  bash scripts/lint-policies.sh
if [ -f test/conformance/moto.test.ts ]; then
  step 'the conformance suite passes on moto, over HTTP with the real clients' bash scripts/test-moto.sh
fi

step 'other tools read what is exported: the same objects, classes and areas (pycocotools, label-studio-sdk, labelformat)' \
  bash scripts/test-formats.sh

if [ "$failed" -gt 0 ]; then
  echo "$failed of the checks failed"
  exit 1
fi
echo 'every check passed'
