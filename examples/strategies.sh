#!/bin/sh
# Sends 1,000 requests per strategy and compares the picks with the expected ones. Takes seconds, and deregisters its instances.
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

  echo "Picks of 1,000 discoveries per strategy, among 4 instances named by their weights, w100 to w400:"
  count round_robin '' 'w100 250  w200 250  w300 250  w400 250, exactly'
  count weighted '' 'w100 100  w200 200  w300 300  w400 400, exactly'
  count least_connections '' 'about as weighted: without reported connections, the load is picks divided by weight'
  count p2c '' 'about as weighted: each time the less loaded of two random instances'
  count random '' 'about as weighted'
  count consistent_hash '&hash_key=user-[1-1000]' 'about as weighted, and equal in each run'
  count consistent_hash '&hash_key=user-[1-1000]' 'equal to the previous line'
  count consistent_hash '&hash_key=user-1' '1,000 for one instance'
  count ip_hash '' '1,000 for one instance: all requests have the same client address'
}

register() {
  answer=$(curl -sSf -X POST "$registry/services" -H 'Content-Type: application/json' \
    -d "{\"id\":\"$service-w$1\",\"name\":\"$service\",\"address\":\"10.0.0.1\",\"port\":$1,\"weight\":$1,\"ttl\":600}")
  position=$(echo "$answer" | sed 's/.*"position":\([0-9]*\).*/\1/')
}

# count STRATEGY PARAMETERS EXPECTED: sends all requests with one curl over one connection, by a range of the URL. A range in the
# fragment repeats the request without changing it, because curl sends no fragment.
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
