#!/bin/sh
# An incident and its investigation afterwards, with curl only. Takes seconds, and deregisters its instances.
#   examples/history.sh [ADDRESS]    or REGISTRY_URL=ADDRESS examples/history.sh; http://127.0.0.1:8080 if neither is given
set -eu

registry=${1:-${REGISTRY_URL:-http://127.0.0.1:8080}}/api/v1
here=$(dirname "$0")
. "$here/common.sh"

main() {
  command -v curl >/dev/null 2>&1 || {
    echo 'history.sh: curl is not installed' >&2
    exit 2
  }

  tell 'Register two instances of a shop. One gets less traffic, the other fails and recovers.'
  register shop-1
  register shop-2
  whole=$position
  call -X PUT "$registry/services/shop-1" -H 'Content-Type: application/json' \
    -d '{"weight":10,"reason":"a smaller machine"}'
  report shop-2 unhealthy
  failed=$position
  report shop-2 healthy

  tell 'Deregister the wrong instance by mistake.'
  before=$position
  call -X DELETE "$registry/services/shop-1" -H 'X-Reason: it looked like the old one'
  mistaken=$position

  tell 'What did clients discover before the failure of shop-2, during it, and after the mistake?'
  call "$registry/discover?service_name=shop&at=$whole"
  call "$registry/discover?service_name=shop&at=$failed"
  call "$registry/discover?service_name=shop&at=$mistaken"

  tell 'What changed, and who changed it?'
  call "$registry/diff?service_name=shop&from=$whole&to=$mistaken"
  call "$registry/audit?service_name=shop&action=deregister&order=desc&limit=1"

  tell 'Why is shop-1 not discovered? Why was shop-2 not?'
  call "$registry/explain?service_name=shop&id=shop-1"
  call "$registry/explain?service_name=shop&id=shop-2&at=$failed"

  tell 'How available were the instances?'
  call "$registry/services/shop/uptime?window=1h"

  tell 'Restore shop-1: first as a dry run, then by the token of the dry run.'
  call -X POST "$registry/services/shop/restore" -H 'Content-Type: application/json' \
    -d "{\"at\":\"$before\",\"dry_run\":true}"
  token=$(echo "$answer" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
  call -X POST "$registry/services/shop/restore" -H 'Content-Type: application/json' \
    -d "{\"at\":\"$before\",\"token\":\"$token\",\"reason\":\"it was a mistake\"}"
  reflect "$registry/discover?service_name=shop"

  tell 'Deregister both instances.'
  call -X DELETE "$registry/services/shop-1"
  call -X DELETE "$registry/services/shop-2"
}

register() {
  call -X POST "$registry/services" -H 'Content-Type: application/json' \
    -d "{\"id\":\"$1\",\"name\":\"shop\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":300}"
}

# report INSTANCE HEALTH: sends heartbeats that report HEALTH until the instance has it. Each report counts as a check result. The
# settings state how many consecutive ones change the health.
report() {
  for _ in 1 2 3 4 5; do
    call -X POST "$registry/services/$1/heartbeat" -H 'Content-Type: application/json' -d "{\"status\":\"$2\"}"
    if curl -sS "$registry/services/$1?min_position=$position" | grep -q "\"health\":\"$2\""; then
      return
    fi
  done
}

main
