#!/bin/sh
# Sends 1,000 requests per strategy and compares the picks with the expected ones. Takes seconds, and removes what it registered.
#   examples/strategies.sh [ADDRESS]    or REGISTRY_URL=ADDRESS examples/strategies.sh; http://127.0.0.1:8080 if neither is given
set -eu

registry=${1:-${REGISTRY_URL:-http://127.0.0.1:8080}}/api/v1
service=strategies-$$

main() {
  command -v curl >/dev/null 2>&1 || {
    echo 'strategies.sh: curl is not installed' >&2
    exit 2
  }
  trap remove EXIT
  for weight in 100 200 300 400; do register "$weight"; done
  curl -sSf -o /dev/null "$registry/discover?service_name=$service&min_position=$position"

  echo "1,000 discoveries by each strategy among 4 instances, w100 to w400 by their weights:"
  count round_robin '' 'w100 250  w200 250  w300 250  w400 250, exactly'
  count weighted '' 'w100 100  w200 200  w300 300  w400 400, exactly'
  count least_connections '' 'about as weighted: nobody reported connections, so picks by weight'
  count p2c '' 'about as weighted: each time the less loaded of two by chance'
  count random '' 'about as weighted'
  count consistent_hash '&hash_key=user-[1-1000]' 'about as weighted, and the same each time'
  count consistent_hash '&hash_key=user-[1-1000]' 'the same'
  count consistent_hash '&hash_key=user-1' 'one of them 1,000'
  count ip_hash '' 'one of them 1,000: all calls come from one address'
}

register() {
  answer=$(curl -sSf -X POST "$registry/services" -H 'Content-Type: application/json' \
    -d "{\"id\":\"$service-w$1\",\"name\":\"$service\",\"address\":\"10.0.0.1\",\"port\":$1,\"weight\":$1,\"ttl\":600}")
  position=$(echo "$answer" | sed 's/.*"position":\([0-9]*\).*/\1/')
}

# One curl for all, over one connection: what stands behind # isn't sent, but counted.
count() {
  case $2 in
    *\[*) url="$registry/discover?service_name=$service&limit=1&load_balancing_strategy=$1$2" ;;
    *) url="$registry/discover?service_name=$service&limit=1&load_balancing_strategy=$1$2#[1-1000]" ;;
  esac
  counts=$(curl -sSf "$url" | grep -o "\"id\":\"$service-w[0-9]*\"" | sed 's/.*-\(w[0-9]*\)"/\1/' | sort | uniq -c |
    awk '{ printf "%s %s  ", $2, $1 }')
  printf '%-18s %-45s expected: %s\n' "$1" "$counts" "$3"
}

remove() {
  for weight in 100 200 300 400; do
    curl -sS -o /dev/null -X DELETE "$registry/services/$service-w$weight"
  done
}

main
