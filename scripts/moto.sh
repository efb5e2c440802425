#!/usr/bin/env bash
# Runs the conformance suite on moto, an independent double of AWS, over HTTP. Installs it into .venv the first time.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  echo 'note: not run: it needs python3 with venv (on Debian: apt-get install python3-venv)'
  [ "${MOTO_REQUIRED:-}" = 1 ] && exit 1
  exit 0
fi
if [ ! -x .venv/bin/moto_server ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check 'moto[server]==5.2.1'
fi

port=$(node -e "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })")
.venv/bin/moto_server -H 127.0.0.1 -p "$port" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 1 100); do
  if node -e "fetch('http://127.0.0.1:$port/moto-api/').then(() => process.exit(0), () => process.exit(1))"; then break; fi
  kill -0 "$server" || { echo 'moto did not start'; exit 1; }
  sleep 0.2
done
MOTO_ENDPOINT="http://127.0.0.1:$port" npx --no-install vitest run test/conformance/moto.test.ts
