package dev.aicore.discovery.client;

import java.time.Duration;

/**
 * Times for which writes of a registration wait for the registry.
 *
 * @param update of maintenance, over all attempts
 * @param leave of a drain, and then of a leave
 */
record WriteTimeouts(Duration update, Duration leave) {}
