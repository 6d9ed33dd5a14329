package dev.aicore.discovery.api.shard;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * The registry could not have heard its instances for a while: every lease of the shard runs anew from here.
 *
 * @param from no lease of this shard counts as last renewed before
 * @param cause one word: start, pause, store_outage, connections_refused, requests_delayed
 * @param detail what was seen, in words
 */
@Revision("1")
public record LeasesExtended(String shard, Instant from, String cause, String detail) {}
