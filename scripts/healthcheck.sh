#!/bin/bash
# Succeeds if the registry in this container is alive. Uses bash only, because the image has no HTTP client.
set -eu
exec 3<>"/dev/tcp/127.0.0.1/${SERVICE_DISCOVERY__SERVER__PORT:-8080}"
# bash can't speak TLS. With TLS, an open port counts as alive.
[ -z "${SERVICE_DISCOVERY__SERVER__TLS__CERTIFICATE-}" ] || exit 0
printf 'GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
