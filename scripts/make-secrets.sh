#!/bin/sh
# Generates the secrets of the Compose stack at its first start. Each is in the volume of the service that needs it, readable by its
# user only. Later starts generate missing secrets only, and write the files that are derived from them again.
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

# put FILE OWNER TEXT: writes a file atomically.
put() {
  printf '%s\n' "$3" >"$1.partial"
  chown "$2:$2" "$1.partial"
  mv "$1.partial" "$1"
}

# Prints 256 random bits, in characters that need no escaping in a URL.
random() {
  od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n'
}

main
