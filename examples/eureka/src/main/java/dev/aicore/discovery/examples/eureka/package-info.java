/** Registers a Spring application at the registry by Eureka's protocol. */
package dev.aicore.discovery.examples.eureka;
