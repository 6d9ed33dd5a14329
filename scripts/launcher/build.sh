# shellcheck shell=sh
# Builds the server and the benchmarks if their sources changed. ./registry sources this file.

build_server() {
  # shellcheck disable=SC2086 # modules is a list of words
  build "$root/server/target/run/.built" server $modules
  app=$root/server/target/run/app
  jar=$app/registry.jar
  [ -f "$jar" ] || die "the build left no $jar; its log is $root/target/build.log"
}

# build STAMP PROJECT MODULE...: packages PROJECT if a source of one of the modules is newer than STAMP.
build() {
  stamp=$1 project=$2
  shift 2
  mkdir -p "$root/target" "$(dirname "$stamp")"
  lock "$root/target/build.lock"
  if is_stale "$stamp" "$@"; then
    touch "$stamp.next"
    # Both projects build the jar. It is removed first, not overwritten, so that a running registry keeps its open files.
    rm -rf "$root/server/target/run/.built" "$root"/server/target/run/server-*-exec.jar "$root/server/target/run/app"
    # Maven doesn't remove copied libraries that are no longer needed.
    [ "$project" != bench ] || rm -rf "$root/bench/target/run/lib"
    remove_stale_outputs target/run
    package "$project" || {
      faults=$(grep -E '^\[(WARNING|ERROR)\]|^  ' "$root/target/build.log" | head -n 40)
      printf '%s\n' "${faults:-$(tail -n 40 "$root/target/build.log")}" >&2
      die "the build failed; all of its log is $root/target/build.log"
    }
    # An unpacked jar starts a second faster, and the JVM can archive its classes.
    "$jdk/bin/java" -Djarmode=tools -jar "$root"/server/target/run/server-*-exec.jar \
      extract --application-filename registry.jar --destination "$root/server/target/run/app" >>"$root/target/build.log" 2>&1 ||
      die "the jar could not be unpacked; the log is $root/target/build.log"
    mv "$stamp.next" "$stamp"
  fi
  unlock
}

# Builds the server's jar from a copy of the sources in another directory, and fails unless it equals that of this checkout.
compare_builds() {
  build_server
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  (cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf -) | tar -xf - -C "$copy"
  (root=$copy && build_server)
  here=$(jar_digest "$root") there=$(jar_digest "$copy")
  if [ "$here" != "$there" ]; then
    for built in "$root" "$copy"; do
      mkdir -p "$copy/target/entries$built"
      (cd "$copy/target/entries$built" && "$jdk/bin/jar" xf "$built"/server/target/run/server-*-exec.jar)
    done
    diff -rq "$copy/target/entries$root" "$copy/target/entries$copy" >&2 || :
    die "two builds of the same sources differ: $here and $there"
  fi
  echo "Two builds in different directories gave the same jar: $here"
}

jar_digest() {
  sha256sum "$1"/server/target/run/server-*-exec.jar | cut -d ' ' -f 1
}

# is_stale STAMP MODULE...: compares directories, too, because deleting or renaming a file changes its directory.
is_stale() {
  stamp=$1
  shift
  [ -f "$stamp" ] || return 0
  for module; do
    shift
    set -- "$@" "$root/$module/pom.xml"
    [ ! -d "$root/$module/src/main" ] || set -- "$@" "$root/$module/src/main"
  done
  [ -n "$(find "$root/pom.xml" "$root/.mvn" "$@" -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
}

# remove_stale_outputs DIRECTORY: removes what was compiled and copied into this directory of each module, if a source file was removed or
# renamed since. Maven would leave its class or resource there, and a migration or a document that exists twice prevents a start.
remove_stale_outputs() {
  sources=$root/target/sources.$(echo "$1" | tr / -)
  find "$root"/*/src -type f | LC_ALL=C sort >"$sources.next"
  if [ ! -f "$sources" ] || [ -n "$(LC_ALL=C comm -23 "$sources" "$sources.next")" ]; then
    rm -rf "$root"/*/"$1"/classes "$root"/*/"$1"/test-classes
  fi
  mv "$sources.next" "$sources"
}

# The profile omits formatting, Checkstyle, Error Prone and all tests.
package() {
  rm -f "$root/target/build.failed"
  (cd "$root" && maven -Prun -pl "$1" -am package 2>&1 || : >"$root/target/build.failed") |
    tee "$root/target/build.log" | show_progress
  [ ! -e "$root/target/build.failed" ]
}

# Shows the progress of Maven from its output: in one line on a terminal, otherwise in one line per module.
show_progress() {
  began=$(date +%s) step='' fetched=0
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*']')
        name=${line#'[INFO] Building '}
        step="${line##*'['}"
        step="Building ${step%']'}: ${name%% [0-9]*}"
        [ -t 2 ] || echo "$step" >&2
        ;;
      '[INFO] Downloaded from '*) fetched=$((fetched + 1)) ;;
      *) continue ;;
    esac
    [ ! -t 2 ] || printf '\r\033[K%s' "$step$(counted "$fetched")" >&2
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
  echo "Build ended after $(($(date +%s) - began)) s$(counted "$fetched"); log: target/build.log" >&2
}

counted() {
  [ "$1" -eq 0 ] || echo " (files fetched: $1)"
}

maven() {
  JAVA_HOME=$jdk "$mvn" "$@"
}

# lock FILE: waits until no other launcher holds the lock. The end of a holder releases its lock, however it ends.
lock() {
  locked=$1
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$locked"
    flock -n 9 || {
      tell_of_waiting
      flock 9
    }
  else
    lock_by_link
  fi
}

unlock() {
  exec 9>&-
  if [ "$(readlink "$locked.pid")" = $$ ]; then
    rm -f "$locked.pid"
  fi
  trap - EXIT
}

# Locks by a symbolic link to the holder's process id: only one process can create it, and its creation is atomic.
lock_by_link() {
  waiting=no
  until ln -s $$ "$locked.pid" 2>/dev/null; do
    holder=$(readlink "$locked.pid") || continue
    if is_alive "$holder"; then
      [ "$waiting" = yes ] || tell_of_waiting
      waiting=yes
      nap
    elif mkdir "$locked.break" 2>/dev/null; then
      # One process at a time removes the link, and only that of a dead holder: another launcher may hold the lock by now.
      [ "$(readlink "$locked.pid")" != "$holder" ] || rm -f "$locked.pid"
      rmdir "$locked.break"
    else
      nap
    fi
  done
  trap 'rm -f "$locked.pid"' EXIT
}

is_alive() {
  kill -0 "$1" 2>/dev/null || ps -p "$1" >/dev/null 2>&1
}

tell_of_waiting() {
  echo 'Waiting for another launcher, which builds in this checkout' >&2
}
