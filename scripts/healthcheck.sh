#!/bin/bash
# Whether the registry in this container is alive. By bash alone: the image has no HTTP client, and needs none.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/${SERVICE_DISCOVERY__SERVER__PORT:-8080}"
# Encrypted it can't be spoken to by bash: that somebody listens must do.
[ -z "${SERVICE_DISCOVERY__SERVER__TLS__CERTIFICATE-}" ] || exit 0
printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
