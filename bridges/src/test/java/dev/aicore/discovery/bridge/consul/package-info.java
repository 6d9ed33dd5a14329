/** Tests of the bridge to Consul, with a double of its HTTP API or an agent that the environment names. */
@NullMarked
package dev.aicore.discovery.bridge.consul;

import org.jspecify.annotations.NullMarked;
