/** Runs a Eureka server, with which the benchmarks compare the registry. */
package dev.aicore.discovery.bench.eureka;
