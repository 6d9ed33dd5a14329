package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.RequestCycle;

/**
 * Server under measurement and its requests.
 *
 * @param name name in the table
 * @param isOurs true for the registry, false for a server that it is compared with
 * @param process process whose CPU is counted, without stores in other processes
 * @param port port on 127.0.0.1
 */
record BenchmarkedServer(String name, boolean isOurs, ProcessHandle process, int port, RequestCycle requests) {}
