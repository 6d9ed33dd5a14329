#!/bin/sh
# Runs what it is given, which is the JVM. Before that it drops an archive of classes that the JVM would neither use nor replace,
# but complain of at each start: one of another version of the programs, or one whose writing was cut off, before its first bytes,
# which are written last. Whatever fails here costs a slower start at most.
set -u
archive=/data/registry.jsa

programs() {
  stat -c '%n %s %Y' /app/*.jar /app/lib/*.jar "${JAVA_HOME:-}/release" 2>/dev/null | cksum
}

is_usable() {
  [ "$(cat "$archive.of" 2>/dev/null)" = "$(programs)" ] && [ -n "$(head -c 4 "$archive" | tr -d '\0')" ]
}

if [ -e "$archive" ] && ! is_usable; then
  rm -f "$archive"
fi
{ programs >"$archive.of"; } 2>/dev/null
exec "$@"
