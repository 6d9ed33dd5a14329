#!/bin/sh
# Stores, changes with a precondition, validates, compares, rolls back and deletes a configuration. Takes seconds.
#   examples/configuration.sh [ADDRESS]    or REGISTRY_URL=ADDRESS examples/configuration.sh; http://127.0.0.1:8080 if neither is given
set -eu

registry=${1:-${REGISTRY_URL:-http://127.0.0.1:8080}}/api/v1
configuration=$registry/configurations/example-$$
json='Content-Type: application/json'

main() {
  command -v curl >/dev/null 2>&1 || {
    echo 'configuration.sh: curl is not installed' >&2
    exit 2
  }
  answered=$(mktemp)
  trap 'rm -f "$answered"' EXIT

  say 'Store version 1, with a reason.'
  write -X PUT "$configuration" -H "$json" -H 'X-Reason: the first customers' -d '{"pool": {"size": 10, "wait": 0.10}}'

  say 'Store version 2 on condition that the current version is 1. The same condition then fails.'
  write -X PUT "$configuration" -H "$json" -H 'If-Match: "1"' -d '{"pool": {"size": 80, "wait": 0.10}}'
  refused 412 -X PUT "$configuration" -H "$json" -H 'If-Match: "1"' -d '{"pool": {"size": 70}}'

  say 'A schema that the current configuration violates is refused. So is a configuration that violates its schema.'
  refused 422 -X PUT "$configuration/schema" -H "$json" -d "$(schema 50)"
  write -X PUT "$configuration/schema" -H "$json" -d "$(schema 100)"
  refused 422 -X PUT "$configuration" -H "$json" -d '{"pool": {"size": 500}}'

  say 'Compare both versions: as a list of changes, and as a JSON Patch.'
  curl -sSf "$configuration/diff?from=1&to=2&wait=10s&min_position=$position" && echo
  curl -sSf -H 'Accept: application/json-patch+json' "$configuration/diff?from=1&to=2" && echo

  say 'A waiting read returns when the configuration changes: here after a rollback, which is version 3.'
  index=$position
  curl -sSf "$configuration?index=$index&wait=30s" >"$answered" &
  waiter=$!
  write -X POST "$configuration/rollback" -H "$json" -d '{"version": 1, "reason": "the pool was too large"}'
  wait "$waiter"
  cat "$answered" && echo

  say 'Delete the configuration. Its versions stay readable.'
  write -X DELETE "$configuration" -H 'X-Reason: only an example'
  curl -sSf "$configuration/versions?wait=10s&min_position=$position" && echo
  write -X DELETE "$configuration/schema"
}

say() {
  printf '\n# %s\n' "$1"
}

# Sends a write, prints the response and sets `position` to the position of the event.
write() {
  answer=$(curl -sSf "$@")
  echo "$answer"
  position=$(echo "$answer" | sed 's/.*"position":\([0-9]*\).*/\1/')
}

# refused STATUS ARGUMENT...: sends a request and prints the problem. Fails if the status is another one.
refused() {
  status=$1
  shift
  answer=$(curl -sS -w '\n%{http_code}' "$@")
  echo "$answer" | sed 1q
  [ "$(echo "$answer" | tail -n 1)" = "$status" ] || {
    echo "configuration.sh: expected $status" >&2
    exit 1
  }
}

schema() {
  echo "{\"required\": [\"pool\"], \"properties\": {\"pool\": {\"properties\": {\"size\": {\"type\": \"integer\", \"maximum\": $1}}}}}"
}

main
