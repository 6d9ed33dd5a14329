# shellcheck shell=sh
# What ./registry tells of itself. It reads this file.

usage() {
  cat <<'END'
Usage: ./registry COMMAND

  start      build if sources changed, and run the registry (./registry start --help)
  stop       end a registry that was started with --detach (./registry stop --help)
  test       run the tests (./registry test --help)
  format     format the sources, as the build demands
  bench      run a benchmark: ./registry bench NAME [ARGUMENT...]
  config     check the settings of a start, or show them (./registry config --help)
  ctl        administer a registry: ./registry ctl --help
  --install  install JDK 25 and Maven (Debian and its kin, as root or by sudo); start and test do that themselves
  help       this text

Environment: JAVA_HOME (used if it is a JDK 25), MAVEN_HOME, REGISTRY_JAVA_OPTS (added to the options of the JVM).
END
}

usage_start() {
  cat <<'END'
Usage: ./registry start [FLAG...]

  --port PORT          port to listen on (8080)
  --host HOST          address to listen on (127.0.0.1)
  --data-dir DIR       where the registry keeps its files (SERVICE_DISCOVERY__DATA_DIR, or the folder 'data' beside this launcher)
  --config FILE        a YAML file of settings; the one beside it that is called FILE-NAME.yaml overrides it
  --target TARGET      all, command, projections or query: the sides to run (all)
  --environment NAME   development, production, ... (development)
  --log-level LEVEL    error, warn, info, debug, trace (info)
  --debug              the same as --log-level debug
  --database-url URL   PostgreSQL to use; without it an embedded one starts under the data directory
  --redis-url URL      Redis to use
  --no-install         don't install a missing JDK 25 or Maven; without it that is done on Debian and its kin, as root or by sudo
  --detach             run in the background: log in DIR/registry.log, process id in DIR/registry.pid
  --help               this text

--flag=value is the same as --flag value. Without --detach it runs in the foreground until Ctrl-C.
END
}

usage_stop() {
  cat <<'END'
Usage: ./registry stop [--data-dir DIR]

Ends the registry that was started with --detach and the same data directory (SERVICE_DISCOVERY__DATA_DIR, or the folder 'data' beside this
launcher).
END
}

usage_config() {
  cat <<'END'
Usage: ./registry config check [FLAG...]   says what a start with these flags would be refused for, one line each; fails if anything
       ./registry config show [FLAG...]    prints every setting, and where it comes from; secrets are masked

The flags are those of ./registry start (--config, --environment, ...). Nothing is started.
END
}

usage_test() {
  cat <<'END'
Usage: ./registry test [--unit | --integration | --mutants | --ledger] [--no-install] [-- MAVEN_ARGUMENT...]

  --unit         tests that need no running server or database
  --integration  tests tagged 'integration'
  --mutants      tests tagged 'mutant': each switches a protection off and expects its test to fail
  --ledger       the kill ledger alone, and long: 50,000 operations, 20 kills each of the server, of its PostgreSQL and of
                 one of PostgreSQL's processes; some minutes (fewer: -- -Dledger.operations=10000 -Dledger.kills=5)
  (none)         unit and integration tests
  --no-install   don't install a missing JDK 25 or Maven; without it that is done on Debian and its kin, as root or by sudo
END
}

usage_bench() {
  cat <<'END'
Usage: ./registry bench discover [SCENARIO...] [--rounds N] [--seconds N] [--connections N] [--no-peers] [--json FILE] [--picture FILE]
                                 the registry over HTTP, beside a bare server, Eureka and etcd (--no-peers: without these two):
                                 discoveries (reads, guarded, open, many), heartbeats (heartbeats, batch), watch, memory,
                                 registrations, updates, latency (of one caller, and until a change is seen), idle (CPU at
                                 rest), growth (services of 10 to 100,000 instances), cold (the first 10 s), storm (10,000
                                 instances register at once)
       ./registry bench writes [SCENARIO...] [--rounds N] [--seconds N] [--service-discovery.SETTING=VALUE...]
                                 a write from its request to its durable answer, without HTTP
       ./registry bench history [THOUSANDS_OF_FACTS [MILLIONS_OF_OBSERVATIONS]]
                                 asking of the past, rebuilding, verifying
       ./registry bench health [rate [SECONDS [CHECKS_PER_SECOND]] | failover]
                                 health checks a second, and how soon a dead instance is out
       ./registry bench store [SECONDS [ROUNDS]]
                                 the append alone
       ./registry bench retention
                                 observations that are dropped

Each says first what it needs; a scenario that isn't there is answered with those that are. What came of them is in docs/performance.md.
END
}
