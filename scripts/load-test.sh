#!/bin/sh
# Measures discoveries and heartbeats on this machine, for some minutes. Starts its own servers; no other registry should run
# meanwhile. Takes the options of `./registry bench discover`, which measures more scenarios, and longer.
set -eu
exec "$(dirname "$0")/../registry" bench discover reads heartbeats --rounds 1 --seconds 5 "$@"
