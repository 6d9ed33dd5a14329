package dev.aicore.discovery.dialect.xds;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.dialect.xds.XdsStreamState.TooManyNamesException;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a client. Sends only what the client is ready to receive; of the states that a slow client misses, it
 * gets the newest. Thread-safe.
 */
final class XdsStream implements StreamObserver<DiscoveryRequest> {

    private static final String DIALECT = "xds";

    private final ServerCallStreamObserver<DiscoveryResponse> client;
    private final Caller caller;
    private final XdsStreamVariant variant;
    private final XdsStreamState state;
    private final Supplier<@Nullable XdsCatalog> catalog;
    private final DialectMetrics metrics;
    private final Runnable onEnd;
    private boolean ended;

    /**
     * Creates the server's end of a stream.
     *
     * @param maxNames maximum number of names per type
     * @param catalog supplier of the newest catalog; null while the state of the registry is unknown
     * @param onEnd called once
     */
    XdsStream(
            ServerCallStreamObserver<DiscoveryResponse> client,
            Caller caller,
            XdsStreamVariant variant,
            int maxNames,
            Supplier<@Nullable XdsCatalog> catalog,
            DialectMetrics metrics,
            Runnable onEnd) {
        this.client = client;
        this.caller = caller;
        this.variant = variant;
        this.state = new XdsStreamState(variant, maxNames);
        this.catalog = catalog;
        this.metrics = metrics;
        this.onEnd = onEnd;
        client.setOnReadyHandler(this::push);
        client.setOnCancelHandler(this::end);
    }

    @Override
    public synchronized void onNext(DiscoveryRequest request) {
        if (ended) {
            return;
        }
        try {
            var type = state.apply(request);
            if (type == null) {
                metrics.refused(DIALECT, "unknown");
            } else if (request.hasErrorDetail()) {
                metrics.refused(DIALECT, type.operation());
            }
        } catch (TooManyNamesException e) {
            close(Status.RESOURCE_EXHAUSTED.withDescription("Too many names: see xds.max_names."));
            return;
        }
        push();
    }

    /** Sends what the client doesn't have yet. */
    synchronized void push() {
        var now = catalog.get();
        if (ended || now == null || !client.isReady()) {
            return;
        }
        if (!caller.admission().isValid()) {
            close(Status.UNAUTHENTICATED.withDescription("The caller's credentials have expired or were revoked."));
            return;
        }
        for (var response : state.next(visible(now))) {
            var type = variant.type(response.getTypeUrl());
            if (type != null) {
                metrics.answered(DIALECT, type.operation());
            }
            client.onNext(response);
        }
    }

    private XdsCatalog visible(XdsCatalog all) {
        if (caller.reach() == null) {
            return all;
        }
        return new XdsCatalog() {
            @Override
            public Collection<String> names(XdsResourceType type) {
                return all.names(type).stream().filter(caller::coversService).toList();
            }

            @Override
            public @Nullable XdsResource find(XdsResourceType type, String name) {
                return caller.coversService(name) ? all.find(type, name) : null;
            }
        };
    }

    /** Ends the stream with a status. */
    synchronized void close(Status status) {
        if (!ended) {
            end();
            client.onError(status.asRuntimeException());
        }
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            onEnd.run();
        }
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public synchronized void onCompleted() {
        if (!ended) {
            end();
            client.onCompleted();
        }
    }
}
