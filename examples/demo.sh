#!/bin/sh
# Read the example reports and print their record. Works offline, from any directory, as often as you like.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
# In a checkout that `make setup` prepared, onrecord need not be on the PATH.
PATH="$here/.venv/bin:$PATH"

mkdir -p demo
onrecord read examples/reports --store demo/onrecord.db
onrecord show --store demo/onrecord.db
onrecord export --store demo/onrecord.db --output demo/record.json
onrecord verify demo/record.json
cat >&2 <<END

The whole record, with every text and offset, is in demo/record.json. Look further, in $here:
  onrecord show --proof --store demo/onrecord.db          the sentence behind every reference
  onrecord statements --speaker tolvay --store demo/onrecord.db
  onrecord ledger --state open --store demo/onrecord.db   promises that are not kept yet
  onrecord search "written reply" --store demo/onrecord.db

Or look at it in your browser:
  onrecord serve --open --store demo/onrecord.db
END
