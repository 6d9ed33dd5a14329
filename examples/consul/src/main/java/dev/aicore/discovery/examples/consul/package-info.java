/** Registers a Spring application at the registry by Consul's protocol. */
package dev.aicore.discovery.examples.consul;
