# shellcheck shell=sh
# Starts and stops a registry. ./registry sources this file.

start() {
  data_dir=$(usual_data_dir) host='' port='' dns_port='' xds_port='' config='' target='' environment='' log_level='' database_url='' redis_url='' detach=no install=install
  while [ $# -gt 0 ]; do
    case $1 in
      --*=*)
        flag=${1%%=*} value=${1#*=} consumed=1
        ;;
      *)
        flag=$1 value=${2-} consumed=2
        ;;
    esac
    case $flag in
      --debug | --detach | --no-install | --help | -h)
        [ "$1" = "$flag" ] || misuse "$flag takes no value"
        consumed=1
        ;;
      --port | --dns-port | --xds-port | --host | --data-dir | --config | --target | --environment | --log-level | --database-url | --redis-url)
        if [ $# -lt "$consumed" ] || [ -z "$value" ]; then
          misuse "$flag needs a value"
        fi
        ;;
      *) misuse "unknown flag '$1'; ./registry start --help lists them" ;;
    esac
    case $flag in
      --port) port=$value ;;
      --dns-port) dns_port=$value ;;
      --xds-port) xds_port=$value ;;
      --host) host=$value ;;
      --data-dir) data_dir=$(absolute "$value") ;;
      --config) config=$(absolute "$value") ;;
      --target) target=$value ;;
      --environment) environment=$value ;;
      --log-level) log_level=$value ;;
      --database-url) database_url=$value ;;
      --redis-url) redis_url=$value ;;
      --debug) log_level=debug ;;
      --detach) detach=yes ;;
      --no-install) install='' ;;
      --help | -h)
        usage_start
        return
        ;;
    esac
    shift "$consumed"
  done
  case $port in
    *[!0-9]*) misuse "--port needs a number from 0 to 65535, not '$port'" ;;
  esac
  case $dns_port in
    *[!0-9]*) misuse "--dns-port needs a number from 0 to 65535, not '$dns_port'" ;;
  esac
  case $xds_port in
    *[!0-9]*) misuse "--xds-port needs a number from 0 to 65535, not '$xds_port'" ;;
  esac
  [ -z "$config" ] || [ -f "$config" ] || misuse "--config: no file '$config'"
  mkdir -p "$data_dir" || die "cannot create the data directory $data_dir"
  data_dir=$(cd "$data_dir" && pwd -P)
  if [ "$detach" = yes ] && pid=$(running_pid "$data_dir"); then
    die "already running as process $pid on $data_dir; ./registry stop ends it"
  fi

  require_tools "$install"
  build_server

  set -- "--service-discovery.data-dir=$data_dir"
  [ -z "$port" ] || set -- "$@" "--service-discovery.server.port=$port"
  [ -z "$dns_port" ] || set -- "$@" "--service-discovery.dns.port=$dns_port"
  [ -z "$xds_port" ] || set -- "$@" "--service-discovery.xds.port=$xds_port"
  [ -z "$host" ] || set -- "$@" "--service-discovery.server.host=$host"
  [ -z "$config" ] || set -- "$@" "--service-discovery.config-file=$config"
  [ -z "$target" ] || set -- "$@" "--service-discovery.target=$target"
  [ -z "$environment" ] || set -- "$@" "--service-discovery.environment=$environment"
  [ -z "$log_level" ] || set -- "$@" "--service-discovery.monitoring.logging.level=$log_level"
  # URLs may contain passwords, and every user of the machine can see arguments.
  [ -z "$database_url" ] || export SERVICE_DISCOVERY__DATABASE__POSTGRES__URL="$database_url"
  [ -z "$redis_url" ] || export SERVICE_DISCOVERY__DATABASE__REDIS__URL="$redis_url"

  if [ "$detach" = yes ]; then
    start_detached "$@"
  else
    exec_server "$@"
  fi
}

start_detached() {
  log=$data_dir/registry.log out=$data_dir/registry.out
  : >"$out"
  # The server outlives its terminal. It writes its log itself, because it can't rotate a file that another process writes.
  (trap '' HUP && exec_server "$@" "--service-discovery.monitoring.logging.file=$log") </dev/null >>"$out" 2>&1 &
  pid=$!
  echo "$pid" >"$data_dir/registry.pid"
  waited=0
  while [ "$waited" -lt 600 ]; do
    ready=$(sed -n '/Service Discovery is ready on/{p;q;}' "$out")
    if [ -n "$ready" ]; then
      sed -n '/^Web UI: /p' "$out"
      echo "$ready"
      return
    fi
    if ! kill -0 "$pid" 2>/dev/null; then
      rm -f "$data_dir/registry.pid"
      tail -n 30 "$out" >&2
      die "the registry did not start; its log is $log, its other output is $out"
    fi
    nap
    waited=$((waited + 1))
  done
  die "not ready after 120 s, and still starting as process $pid; its log is $log"
}

# The first orderly stop after a build takes some seconds longer: the JVM writes its AOT cache for later starts.
exec_server() {
  cache=$app/registry-$(cksum <"$jdk/release" | cut -d ' ' -f 1).aot
  adopt_cache
  if [ -e "$cache" ]; then
    cached=-XX:AOTCache=$cache
  else
    cached=-XX:AOTCacheOutput=$cache.$$
  fi
  # shellcheck disable=SC2086 # REGISTRY_JAVA_OPTS is a list of words
  exec "$jdk/bin/java" "@$root/config/jvm.options" -Xmx512m "$cached" -Xlog:cds*=error,aot*=error ${REGISTRY_JAVA_OPTS-} \
    -jar "$jar" "$@"
}

# Each server writes its own file. The first bytes are written last, so a file without them is incomplete and is removed.
adopt_cache() {
  for written in "$cache".*[0-9]; do
    if [ ! -f "$written" ]; then
      continue
    elif [ -e "$cache" ] || [ -z "$(head -c 4 "$written" | tr -d '\0')" ]; then
      rm -f "$written"
    else
      mv "$written" "$cache"
    fi
  done
}

stop() {
  data_dir=$(usual_data_dir)
  while [ $# -gt 0 ]; do
    case $1 in
      --data-dir=?*) data_dir=$(absolute "${1#*=}") ;;
      --data-dir)
        [ -n "${2-}" ] || misuse '--data-dir needs a value'
        data_dir=$(absolute "$2")
        shift
        ;;
      --help | -h)
        usage_stop
        return
        ;;
      *) misuse "unknown flag '$1'; ./registry stop --help lists them" ;;
    esac
    shift
  done
  [ -d "$data_dir" ] || die "no data directory $data_dir"
  data_dir=$(cd "$data_dir" && pwd -P)
  pid=$(running_pid "$data_dir") || {
    rm -f "$data_dir/registry.pid"
    die "no detached registry runs on $data_dir"
  }
  kill -TERM "$pid"
  # The server waits up to its shutdown timeout (30 s) for open requests, and then closes its stores. The first server after a build
  # then writes its AOT cache.
  waited=0
  while kill -0 "$pid" 2>/dev/null; do
    [ "$waited" -lt 600 ] || die "process $pid has not stopped after 120 s; its log is $data_dir/registry.log"
    nap
    waited=$((waited + 1))
  done
  rm -f "$data_dir/registry.pid"
  echo "Service Discovery (process $pid) has stopped"
}

# Prints the data directory that is known before settings are read. It also contains the log and the process id.
usual_data_dir() {
  absolute "${SERVICE_DISCOVERY__DATA_DIR:-$root/data}"
}

# Prints the process id of the detached registry of a data directory. Fails if another process has that id by now.
running_pid() {
  [ -f "$1/registry.pid" ] || return 1
  recorded=$(cat "$1/registry.pid")
  case $recorded in
    '' | *[!0-9]*) return 1 ;;
  esac
  if [ -r "/proc/$recorded/cmdline" ]; then
    tr '\0' ' ' <"/proc/$recorded/cmdline"
  else
    # With unlimited width: some versions of ps cut lines at 79 characters without a terminal.
    ps -ww -o args= -p "$recorded" 2>/dev/null | sed 's/$/ /'
  fi | grep -qF -- "--service-discovery.data-dir=$1 " || return 1
  echo "$recorded"
}
