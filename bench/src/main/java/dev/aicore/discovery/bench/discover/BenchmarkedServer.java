package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.RequestCycle;

/**
 * A server that is measured, and with what.
 *
 * @param name for the table
 * @param isOurs or one that ours is compared with
 * @param process whose CPU is counted: its own, without stores in processes of their own
 * @param port on 127.0.0.1
 */
record BenchmarkedServer(String name, boolean isOurs, ProcessHandle process, int port, RequestCycle requests) {}
