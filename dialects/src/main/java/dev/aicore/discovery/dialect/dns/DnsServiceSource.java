package dev.aicore.discovery.dialect.dns;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Finds the records of services. Thread-safe. */
interface DnsServiceSource {

    /**
     * Returns the present records if they are known in memory; null if a store must be read. Never blocks.
     *
     * @param service name in lower case
     */
    @Nullable
    ServiceRecords findCurrent(String service);

    /**
     * Reads the records.
     *
     * @param service name in lower case
     * @param position position in the past; null for the present
     * @return fails with {@code other_store} or {@code history_compacted} if the store has no such position, and with
     * other errors while nothing is known about the service
     */
    Mono<ServiceRecords> read(String service, @Nullable Long position);
}
