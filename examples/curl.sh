#!/bin/sh
# First steps with a registry, with curl only. Takes seconds, and removes what it registered.
#   examples/curl.sh [ADDRESS]    or REGISTRY_URL=ADDRESS examples/curl.sh; http://127.0.0.1:8080 if neither is given
set -eu

registry=${1:-${REGISTRY_URL:-http://127.0.0.1:8080}}/api/v1
here=$(dirname "$0")
. "$here/common.sh"

main() {
  command -v curl >/dev/null 2>&1 || {
    echo 'curl.sh: curl is not installed' >&2
    exit 2
  }

  tell 'Register an instance of test-service, and find it.'
  call -X POST "$registry/services" -H 'Content-Type: application/json' -d "@$here/register-service.json"
  id=$(echo "$answer" | sed -n 's/.*"data":{"id":"\([^"]*\)".*/\1/p')
  reflect "$registry/discover?service_name=test-service"
  call "$registry/services/$id"

  tell 'Register one that must be heard every 5 seconds, and say nothing.'
  call -X POST "$registry/services" -H 'Content-Type: application/json' \
    -d '{"id":"short","name":"batch","address":"10.0.0.9","port":80,"ttl":5}'
  registered=$position
  reflect "$registry/discover?service_name=batch"

  tell 'The next change of its service is awaited: it falls silent, and is not discovered. Its history tells why, and when.'
  call "$registry/discover?service_name=batch&index=$registered&wait=30s"
  call "$registry/services/short/history?min_position=$position"

  tell 'A heartbeat brings it back.'
  call -X POST "$registry/services/short/heartbeat"

  tell 'Deregister both; what happened to them stays readable.'
  call -X DELETE "$registry/services/short" -H 'X-Reason: only a test'
  call "$registry/services/short/history?min_position=$position"
  call -X DELETE "$registry/services/$id"
  call "$registry/status"
}

main
