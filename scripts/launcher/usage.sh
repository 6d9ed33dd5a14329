# shellcheck shell=sh
# Help texts of ./registry, which sources this file.

usage() {
  cat <<'END'
Usage: ./registry COMMAND

  start      build if sources changed, then run the registry (./registry start --help)
  stop       stop a registry that was started with --detach (./registry stop --help)
  test       run the tests (./registry test --help)
  format     format the sources, as the build requires
  sbom       write the server's bill of materials (CycloneDX) to server/target/sbom.cdx.json, for a vulnerability scanner
  bench      run a benchmark: ./registry bench NAME [ARGUMENT...]
  config     check or show the settings of a start (./registry config --help)
  ctl        administer a registry: ./registry ctl --help
  --install  install JDK 25 and Maven (Debian-based systems, as root or with sudo); start and test do so automatically
             --install --test-programs also installs dig, HAProxy, Caddy, Prometheus, vmagent, etcd, Node.js with npm, Go,
             kustomize and PostgreSQL, which tests use
             --install --ui also installs Chromium, for tests of the web UI
  help       show this text

Environment: JAVA_HOME (used if it is a JDK 25), MAVEN_HOME, REGISTRY_JAVA_OPTS (added to the JVM options).
END
}

usage_start() {
  cat <<'END'
Usage: ./registry start [FLAG...]

  --port PORT          port to listen on (8080)
  --dns-port PORT      port of the DNS server, UDP and TCP, such as 8600 (none)
  --xds-port PORT      port of the xDS server, gRPC without TLS, such as 18000 (none)
  --host HOST          address to listen on (127.0.0.1)
  --data-dir DIR       data directory (SERVICE_DISCOVERY__DATA_DIR, or the folder 'data' beside this launcher)
  --config FILE        YAML file of settings; NAME.yaml is overridden by NAME-ENVIRONMENT.yaml beside it, if present
  --target TARGET      all, command, projections or query: the sides to run (all)
  --environment NAME   development, production, ... (development)
  --log-level LEVEL    error, warn, info, debug, trace (info)
  --debug              same as --log-level debug
  --database-url URL   PostgreSQL to use; without this flag an embedded one starts under the data directory
  --redis-url URL      Redis to use
  --no-install         don't install a missing JDK 25 or Maven (default: install on Debian-based systems, as root or with sudo)
  --detach             run in the background: log in DIR/registry.log, process id in DIR/registry.pid
  --help               show this text

--flag=value is the same as --flag value. Without --detach the registry runs in the foreground until Ctrl-C.
END
}

usage_stop() {
  cat <<'END'
Usage: ./registry stop [--data-dir DIR]

Stops the registry that was started with --detach and the same data directory (SERVICE_DISCOVERY__DATA_DIR, or the folder
'data' beside this launcher).
END
}

usage_config() {
  cat <<'END'
Usage: ./registry config check [FLAG...]   list every reason why a start with these flags would be refused; fail if there is one
       ./registry config show [FLAG...]    print every setting and its source; secrets are masked

The flags are those of ./registry start (--config, --environment, ...). Nothing is started.
END
}

usage_test() {
  cat <<'END'
Usage: ./registry test [--unit | --integration | --mutants | --faults | --clients | --ui | --with-ui | --ledger | --rolling-restart |
                        --reproducible] [--no-install] [-- MAVEN_ARGUMENT...]

  --unit         tests that need no running server or database
  --integration  tests tagged 'integration'
  --mutants      tests tagged 'mutant': each disables a protection and expects its test to fail
  --faults       tests tagged 'faults' in their long form: more instances, kills and seconds; about a quarter of an hour
  --ui           tests of the web UI in Chromium, which ./registry --install --ui installs
  --with-ui      unit and integration tests, and the tests of the web UI that are tagged 'ui-core'; a few minutes more
  --clients      tests tagged 'clients': unchanged clients of other registries, which Maven and npm download, against this one;
                 those whose program is missing are skipped (./registry --install --test-programs)
  --ledger       only the kill ledger: 50,000 operations, 20 kills each of the server, of its PostgreSQL and of one of
                 PostgreSQL's processes; takes some minutes (shorter: -- -Dledger.operations=10000 -Dledger.kills=5)
  --rolling-restart
                 only the services of examples/spring: two minutes without the registry, then ten instances replaced one by one, under
                 500 requests/s; takes about six minutes
  --reproducible only that two builds, in this directory and in another one, give the same jar, byte for byte; takes a minute
  (none)         unit and integration tests
  --no-install   don't install a missing JDK 25 or Maven (default: install on Debian-based systems, as root or with sudo)
END
}

usage_bench() {
  cat <<'END'
Usage: ./registry bench discover [SCENARIO...] [--rounds N] [--seconds N] [--connections N] [--no-peers] [--json FILE] [--picture FILE]
                                 the registry over HTTP, compared with a bare server, Eureka and etcd (--no-peers: without the last two):
                                 discoveries (reads, guarded, open, many), heartbeats (heartbeats, batch), watch, memory,
                                 registrations, updates, latency (of one caller, and of a change until it is seen), idle (CPU at
                                 rest), growth (services of 10 to 100,000 instances), cold (the first 10 s), storm (10,000
                                 instances register at once)
       ./registry bench writes [SCENARIO...] [--rounds N] [--seconds N] [--service-discovery.SETTING=VALUE...]
                                 writes from request to durable answer, without HTTP
       ./registry bench history [THOUSANDS_OF_FACTS [MILLIONS_OF_OBSERVATIONS]]
                                 queries about the past, rebuild, verification
       ./registry bench health [rate [SECONDS [CHECKS_PER_SECOND]] | failover]
                                 health checks a second, and time until a dead instance is out
       ./registry bench clients [leave|pick|configuration|lists|streams|outage...] [--leaves N] [--outage SECONDS] [--seconds N]
                                [--processes N] [--no-peers]
                                 the Java client and the Spring starter beside Eureka's (--no-peers: the plain client alone)
       ./registry bench dialects [SCENARIO...] [--rounds N] [--seconds N] [--no-peers]
                                 other protocols: reads and heartbeats beside Eureka and native ones, dns, memory of waiting
                                 listeners (parked), and delay of a change to each kind of listener (changes)
       ./registry bench dns [SECONDS]
                                 DNS answers per second of CPU time, and delay of a change
       ./registry bench store [SECONDS [ROUNDS]]
                                 the append to the event store
       ./registry bench retention
                                 dropping old observations
       ./registry bench soak [--minutes N] [--heartbeats N] [--picture FILE]
                                 leaks: heap, memory, descriptors, threads and disk over an hour of mixed load

Each benchmark first prints its requirements. An unknown scenario prints the list of scenarios. docs/performance.md has results.
END
}
