#!/bin/sh
# Runs one of the two services; builds it first. A registry runs on http://127.0.0.1:8080: ./registry start
# Usage: run.sh payments|orders [--PROPERTY=VALUE...]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
case ${1:-} in
  payments) main=payments.PaymentsApplication ;;
  orders) main=orders.OrdersApplication ;;
  *)
    echo "Usage: $0 payments|orders [--PROPERTY=VALUE...]" >&2
    exit 2
    ;;
esac
shift
(cd "$root" && mvn -q -ntp -Prun -pl examples/spring -am process-classes)
class_path=$root/examples/spring/target/run/classes:$root/examples/spring/target/run/lib/*
for module in spring-boot-starter client balancing; do
  class_path=$class_path:$root/$module/target/run/classes
done
exec java -cp "$class_path" "dev.aicore.discovery.examples.spring.$main" "$@"
