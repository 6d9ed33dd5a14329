#!/bin/sh
# Makes the secrets of the Compose stack at its first start, each in the volume of who needs it, readable by that user alone. What is
# there already stays: later starts only put right what is missing.
set -eu
umask 077

main() {
  keep "$SECRETS/postgres/password" 999 "$(random)"
  keep "$SECRETS/redis/password" 999 "$(random)"
  keep "$SECRETS/registry/jwt-secret" 10001 "$(random)"
  postgres=$(cat "$SECRETS/postgres/password")
  redis=$(cat "$SECRETS/redis/password")
  put "$SECRETS/redis/redis.conf" 999 "requirepass $redis"
  put "$SECRETS/registry/database-url" 10001 "postgresql://registry:$postgres@postgres:5432/registry"
  put "$SECRETS/registry/redis-url" 10001 "redis://:$redis@redis:6379"
}

keep() {
  [ -s "$1" ] || put "$@"
}

# put FILE OWNER TEXT: whole or not at all.
put() {
  printf '%s\n' "$3" >"$1.partial"
  chown "$2:$2" "$1.partial"
  mv "$1.partial" "$1"
}

# 256 bits, in characters that a URL takes as they are.
random() {
  od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n'
}

main
