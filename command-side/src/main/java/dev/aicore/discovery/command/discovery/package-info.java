/**
 * Serves the command of load balancing: resetting the pick counters of a service. The reset is a command to the
 * service's shard. It records a fact, from which the read side restarts its statistics.
 */
@NullMarked
package dev.aicore.discovery.command.discovery;

import org.jspecify.annotations.NullMarked;
