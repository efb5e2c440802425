#!/usr/bin/env bash
# Runs the tests in which the readers of other tools read what the library exports: pycocotools, label-studio-sdk and
# labelformat, for Python. Installs them into .venv-formats when they are not there in these versions. Where there is no
# Python it says so and passes, or fails with FORMATS_REQUIRED=1.
set -euo pipefail
cd "$(dirname "$0")/.."

readers='pycocotools==2.0.11 label-studio-sdk==2.1.2 labelformat==0.1.17'
# What they need of their dependencies: label-studio-sdk alone would bring half a gigabyte that reading needs nothing of.
needed='numpy>=2,<3 pillow lxml pyyaml pydantic>=2.12,<3 pydantic-xml>=2.17,<3 fsspec jsonschema>=4.23,<5 xmljson==0.2.1
  jsf==0.11.2 pyjwt>=2.13,<2.14 tqdm httpx>=0.28,<1 appdirs'

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  echo 'note: not run: it needs python3 with venv (on Debian: apt-get install python3-venv)'
  if [ "${FORMATS_REQUIRED:-}" = 1 ]; then exit 1; fi
  exit 0
fi

installed() {
  [ -x .venv-formats/bin/python ] && [ "$(cat .venv-formats/installed 2>/dev/null)" = "$readers $needed" ]
}

if ! installed; then
  echo "installing $readers into .venv-formats"
  python3 -m venv --clear .venv-formats
  pip=(.venv-formats/bin/pip install --quiet --disable-pip-version-check)
  # shellcheck disable=SC2086 # words of their own
  "${pip[@]}" --no-deps $readers
  # shellcheck disable=SC2086
  "${pip[@]}" $needed 2> >(grep -v 'dependency resolver\|which is not installed' >&2)
  printf '%s' "$readers $needed" >.venv-formats/installed
fi

FORMATS_PYTHON="$PWD/.venv-formats/bin/python" npx --no-install vitest run test/formats
