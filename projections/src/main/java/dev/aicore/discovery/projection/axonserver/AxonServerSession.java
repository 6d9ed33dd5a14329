package dev.aicore.discovery.projection.axonserver;

import dev.aicore.discovery.config.settings.AxonServerSettings;
import dev.aicore.discovery.projection.axonserver.FactExportException.Reason;
import io.axoniq.axonserver.connector.AxonServerConnectionFactory;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.impl.ServerAddress;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connection to a context of Axon Server. It uses the event channel of the connector rather than the event store of
 * Axon, which takes a negative confirmation of an append for success. A failed session is to be closed, and replaced by
 * a new one. Blocks; not thread-safe.
 */
final class AxonServerSession implements AutoCloseable {

    private static final String COMPONENT = "service-discovery";

    /** Ends a wait that gRPC's own deadline should have ended. */
    private static final Duration SAFETY_MARGIN = Duration.ofSeconds(1);

    private final AxonServerConnectionFactory factory;
    private final CallDeadlineInterceptor interceptor;
    private final EventChannel events;
    private final Duration timeout;

    private AxonServerSession(
            AxonServerConnectionFactory factory,
            CallDeadlineInterceptor interceptor,
            EventChannel events,
            Duration timeout) {
        this.factory = factory;
        this.interceptor = interceptor;
        this.events = events;
        this.timeout = timeout;
    }

    /**
     * Opens a session. If no node can be reached, the first request fails.
     *
     * @param node name of this node, which Axon Server shows
     * @throws FactExportException if the certificates of trusted issuers can't be read
     */
    static AxonServerSession open(AxonServerSettings settings, String node) throws FactExportException {
        var interceptor = new CallDeadlineInterceptor(settings.requestTimeout());
        long millis = settings.requestTimeout().toMillis();
        var builder = AxonServerConnectionFactory.forClient(COMPONENT, node)
                .routingServers(settings.nodes().stream()
                        .map(address -> new ServerAddress(address.host(), address.port()))
                        .toArray(ServerAddress[]::new))
                .connectTimeout(millis, TimeUnit.MILLISECONDS)
                .reconnectInterval(settings.retryInterval().toMillis(), TimeUnit.MILLISECONDS)
                .usingKeepAlive(millis, millis, TimeUnit.MILLISECONDS, false)
                .threadPoolSize(1)
                .customize(channel -> channel.intercept(interceptor));
        var token = settings.accessToken();
        if (token != null) {
            builder.token(token);
        }
        if (settings.tls()) {
            useTls(builder, settings);
        }
        var factory = builder.build();
        var connection = factory.connect(settings.context());
        return new AxonServerSession(factory, interceptor, connection.eventChannel(), settings.requestTimeout());
    }

    private static void useTls(AxonServerConnectionFactory.Builder builder, AxonServerSettings settings)
            throws FactExportException {
        var caFile = settings.caFile();
        if (caFile == null) {
            builder.useTransportSecurity();
            return;
        }
        try {
            builder.useTransportSecurity(
                    GrpcSslContexts.forClient().trustManager(new File(caFile)).build());
        } catch (IOException | IllegalArgumentException e) {
            throw new FactExportException(
                    Reason.UNAVAILABLE, "axon_server.ca_file can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * Appends facts, all or none.
     *
     * @return true if Axon Server has confirmed them; false if it refused them because of a sequence number
     * @throws FactExportException if the outcome is unknown, or Axon Server refused them for another reason
     */
    boolean append(List<ExportedFact> facts) throws FactExportException {
        try {
            var transaction = events.startAppendEventsTransaction();
            facts.forEach(fact -> transaction.appendEvent(fact.event()));
            var confirmation = await(transaction.commit());
            // A stream that ends without an answer yields null.
            if (confirmation == null || !confirmation.getSuccess()) {
                throw new FactExportException(
                        Reason.UNCONFIRMED, "Axon Server has not confirmed an append of " + facts.size() + " facts.");
            }
            return true;
        } catch (CallFailedException | RuntimeException e) {
            if (FactExportException.isInvalidSequence(e)) {
                return false;
            }
            throw FactExportException.of(e, interceptor.connectFailure());
        }
    }

    /**
     * Returns the sequence number of the last event of an aggregate; -1 if it has none.
     *
     * @throws FactExportException if Axon Server doesn't answer
     */
    long highestSequence(String aggregate) throws FactExportException {
        try {
            return await(events.findHighestSequence(aggregate));
        } catch (CallFailedException | RuntimeException e) {
            throw FactExportException.of(e, interceptor.connectFailure());
        }
    }

    /**
     * Returns the message identifiers of the events of an aggregate by sequence number.
     *
     * @param from first sequence number
     * @param to last sequence number
     * @throws FactExportException if Axon Server doesn't answer
     */
    Map<Long, String> identifiers(String aggregate, long from, long to) throws FactExportException {
        var identifiers = new HashMap<Long, String>();
        try {
            // The last number is not sent: Axon Server takes 0 for "no limit".
            var stream = events.openAggregateStream(aggregate, from);
            try {
                while (stream.hasNext()) {
                    var event = stream.next();
                    if (event.getAggregateSequenceNumber() > to) {
                        break;
                    }
                    identifiers.put(event.getAggregateSequenceNumber(), event.getMessageIdentifier());
                }
            } finally {
                stream.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FactExportException(Reason.UNAVAILABLE, "Interrupted while reading from Axon Server.", e);
        } catch (RuntimeException e) {
            throw FactExportException.of(e, interceptor.connectFailure());
        }
        return identifiers;
    }

    private <T> T await(CompletableFuture<T> answer) throws CallFailedException {
        try {
            return answer.get(timeout.plus(SAFETY_MARGIN).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new CallFailedException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new CallFailedException(Status.DEADLINE_EXCEEDED.withCause(e).asRuntimeException());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailedException(e);
        }
    }

    /** Signals that a call failed; its cause says why. */
    private static final class CallFailedException extends Exception {

        CallFailedException(Throwable cause) {
            super(cause);
        }
    }

    /** Ends the connection and its threads. */
    @Override
    public void close() {
        factory.shutdown();
    }
}
