/** Uses the registry by a Consul client in plain Java. */
package dev.aicore.discovery.examples.consuljava;
