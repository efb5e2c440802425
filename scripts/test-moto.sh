#!/usr/bin/env bash
# Runs the conformance suite on moto, an independent double of AWS, over HTTP. Installs moto into .venv when it is not
# there in this version. Where there is no Python it says so and passes, or fails with MOTO_REQUIRED=1.
set -euo pipefail
cd "$(dirname "$0")/.."

version=5.2.1

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  echo 'note: not run: it needs python3 with venv (on Debian: apt-get install python3-venv)'
  if [ "${MOTO_REQUIRED:-}" = 1 ]; then exit 1; fi
  exit 0
fi

installed() {
  [ -x .venv/bin/moto_server ] &&
    .venv/bin/python -c "import sys; from importlib.metadata import version; sys.exit(version('moto') != '$version')" 2>/dev/null
}

if ! installed; then
  echo "installing moto $version into .venv"
  python3 -m venv --clear .venv
  .venv/bin/pip install --quiet --disable-pip-version-check "moto[server]==$version"
fi

port=$(node -e "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })")
log=$(mktemp)
.venv/bin/moto_server -H 127.0.0.1 -p "$port" >"$log" 2>&1 &
server=$!
stop() {
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -f "$log"
}
trap stop EXIT
trap 'exit 130' INT TERM

# One process asks until there is an answer; starting one for each try would take longer than moto does.
if ! node -e "
  const until = Date.now() + 60_000
  const ask = () => fetch('http://127.0.0.1:$port/moto-api/').then(
    ({ ok }) => process.exit(ok ? 0 : 1),
    () => (Date.now() > until ? process.exit(1) : setTimeout(ask, 100)),
  )
  const alive = () => { try { process.kill($server, 0) } catch { process.exit(1) } }
  setInterval(alive, 200)
  ask()
"; then
  echo 'moto did not start:'
  tail -20 "$log"
  exit 1
fi

MOTO_ENDPOINT="http://127.0.0.1:$port" npx --no-install vitest run test/conformance/moto.test.ts
