package dev.aicore.discovery.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State of a client, for health indicators and metrics.
 *
 * @param node the node in use
 * @param store id of the registry's event store; null before the first answer
 * @param connected whether every watch has a live connection; true if nothing is watched
 * @param transport how lists are received
 * @param lastHeard time since the last byte of a watch; null if there was none
 * @param reconnects number of watches that had to be resumed since the client was opened
 * @param counts counts since the client was opened
 */
public record ClientStatus(
        URI node,
        @Nullable String store,
        boolean connected,
        Transport transport,
        @Nullable Duration lastHeard,
        long reconnects,
        List<ServiceStatus> services,
        List<RegistrationStatus> registrations,
        ClientCounts counts) {

    /** Way in which lists are received. */
    public enum Transport {
        /** One stream for all services. */
        STREAM,
        /** One stream for each service, because the registry is an older one. */
        STREAM_PER_SERVICE,
        /** Long polls, because no stream passes through to the client. */
        LONG_POLL
    }

    /**
     * State of a watched service.
     *
     * @param instances number of present instances
     * @param eligible number of instances that can be picked
     * @param ejected number of instances that this client doesn't pick for now, because their calls failed
     * @param position position of the list
     * @param age time since the list was confirmed; null before the first list
     * @param picks picks since the service began to be watched
     */
    public record ServiceStatus(
            String name,
            int instances,
            int eligible,
            int ejected,
            long position,
            Freshness freshness,
            @Nullable Duration age,
            PickCounts picks) {}

    /**
     * Numbers of picks by their outcome. Discarded ones don't count.
     *
     * @param none picks that found no instance
     */
    public record PickCounts(long succeeded, long failed, long none) {}

    public ClientStatus {
        services = List.copyOf(services);
        registrations = List.copyOf(registrations);
    }
}
