#!/usr/bin/env bash
# Has parliament, a linter for IAM policies, read every policy document that the library hands out, of every task. Needs
# the built package. Installs parliament into .venv-policies when it is not there in this version. Where there is no
# Python it says so and passes, or fails with POLICY_LINT_REQUIRED=1.
set -euo pipefail
cd "$(dirname "$0")/.."

version=1.6.4
python=.venv-policies/bin/python

if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
  echo 'note: not run: it needs python3 with venv (on Debian: apt-get install python3-venv)'
  if [ "${POLICY_LINT_REQUIRED:-}" = 1 ]; then exit 1; fi
  exit 0
fi

installed() {
  [ -x "$python" ] &&
    "$python" -c "import sys; from importlib.metadata import version; sys.exit(version('parliament') != '$version')" 2>/dev/null
}

if ! installed; then
  echo "installing parliament $version into .venv-policies"
  python3 -m venv --clear .venv-policies
  # It reads its own data through pkg_resources, which newer releases of setuptools do not have.
  .venv-policies/bin/pip install --quiet --disable-pip-version-check "parliament==$version" 'setuptools<81'
fi

documents=$(mktemp)
trap 'rm -f "$documents"' EXIT
node scripts/print-policies.mjs >"$documents"
"$python" - "$documents" <<'PYTHON'
import json, sys, warnings
warnings.filterwarnings("ignore")
from parliament import analyze_policy_string

def findings(document):
    found = [f"{finding.issue}: {finding.detail}" for finding in analyze_policy_string(json.dumps(document)).findings]
    return [finding for finding in found if not finding.startswith(ACCEPTED)]

# The reference lists two resources for it, and the linter wants both; the children of a Distributed Map of ours are
# Standard executions, and AWS prints the same statement for them.
ACCEPTED = "RESOURCE_MISMATCH: [{'action': 'states:DescribeExecution'"

# A linter that finds nothing in this one is not at work: the action knows no resource.
broken = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "sns:Unsubscribe", "Resource": "arn:aws:sns:us-east-1:111122223333:in"}]}
if not findings(broken):
    sys.exit("parliament finds nothing in a policy that is known to be wrong")

known, failed = {}, 0
with open(sys.argv[1]) as lines:
    for line in lines:
        item = json.loads(line)
        text = json.dumps(item["document"])
        if text not in known:
            known[text] = findings(item["document"])
        for finding in known[text]:
            failed += 1
            print(f"{item['about']}: {finding}")
if not known:
    sys.exit("no document was printed")
print(f"{len(known)} different documents, {failed} findings")
sys.exit(failed > 0)
PYTHON
