/** Configures a Spring application from the registry by Consul's protocol. */
package dev.aicore.discovery.examples.consulconfig;
