#!/bin/sh
# First steps with a registry, with curl only. Takes seconds, and deregisters its instances.
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

  tell 'Register an instance of test-service, and discover it.'
  call -X POST "$registry/services" -H 'Content-Type: application/json' -d "@$here/register-service.json"
  id=$(echo "$answer" | sed -n 's/.*"data":{"id":"\([^"]*\)".*/\1/p')
  reflect "$registry/discover?service_name=test-service"
  call "$registry/services/$id?min_position=$position"

  tell 'Register an instance with a TTL of 5 seconds, and send no heartbeats.'
  call -X POST "$registry/services" -H 'Content-Type: application/json' \
    -d '{"id":"short","name":"batch","address":"10.0.0.9","port":80,"ttl":5}'
  registered=$position
  reflect "$registry/discover?service_name=batch"

  tell 'Wait for the next change: the lease expires, and the instance is no longer discovered. Its history has the reason.'
  call "$registry/discover?service_name=batch&index=$registered&wait=30s"
  call "$registry/services/short/history?min_position=$position"

  tell 'A heartbeat revives the instance.'
  call -X POST "$registry/services/short/heartbeat"

  tell 'Deregister both instances. Their history stays readable.'
  call -X DELETE "$registry/services/short" -H 'X-Reason: only a test'
  call "$registry/services/short/history?min_position=$position"
  call -X DELETE "$registry/services/$id"
  call "$registry/status"
}

main
