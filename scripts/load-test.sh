#!/bin/sh
# A short look at how fast discoveries and heartbeats are on this machine, some minutes long: starts servers of its own, beside none
# that runs. Takes the options of `./registry bench discover`, which measures the rest, and longer.
set -eu
exec "$(dirname "$0")/../registry" bench discover reads heartbeats --rounds 1 --seconds 5 "$@"
