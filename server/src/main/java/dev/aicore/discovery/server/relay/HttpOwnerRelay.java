package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.access.OwnerRelay;
import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.access.RoutePermission;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.batching.CommandErrors;
import dev.aicore.discovery.config.settings.ClusterSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import dev.aicore.discovery.web.RelayMark;
import dev.aicore.discovery.web.ResponseWriter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Relays writes to the owner of the event store as HTTP requests, and reads that only the owner can answer. Holds them
 * while no node owns the store. Sends a write again if it wasn't sent, if the receiver has done nothing, or if doing it
 * twice is the same as doing it once.
 */
final class HttpOwnerRelay implements OwnerRelay {

    /** Maximum body that is relayed: the longest that a route takes. */
    private static final int MAX_BODY = 4 * 1024 * 1024;

    /** Reads that only the node with the work can answer. */
    private static final Set<String> READS_OF_OWNER = Set.of("/api/v1/admin/bridges/{bridge}/plan");

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final BooleanSupplier isOwner;
    private final Supplier<Mono<Void>> nextChange;
    private final Supplier<@Nullable OwnerNode> owners;
    private final RelayClient client;
    private final IncompleteBodyLimit bodyLimit;
    private final RelayBudget budget;
    private final RelayMetrics metrics;
    private final Duration holdTimeout;
    private final TimeSource time;

    /**
     * Creates a relay.
     *
     * @param isOwner returns true while this node owns the event store
     * @param nextChange returns a signal that completes once there may be another owner, this node included, or once
     *     the owner may accept what it has refused
     * @param owners returns the node that owns it; null while none is known
     */
    HttpOwnerRelay(
            BooleanSupplier isOwner,
            Supplier<Mono<Void>> nextChange,
            Supplier<@Nullable OwnerNode> owners,
            RelayClient client,
            IncompleteBodyLimit bodyLimit,
            ClusterSettings settings,
            MeterRegistry registry,
            TimeSource time) {
        this.isOwner = isOwner;
        this.nextChange = nextChange;
        this.owners = owners;
        this.client = client;
        this.bodyLimit = bodyLimit;
        this.budget = new RelayBudget(
                settings.maxRelayed(), settings.maxRelayedBytes().toBytes());
        this.metrics = new RelayMetrics(registry, budget, time);
        this.holdTimeout = settings.holdTimeout();
        this.time = time;
    }

    @Override
    public boolean isNeeded(RoutePermission route) {
        return (route.isWrite() || isReadOfOwner(route)) && !isOwner.getAsBoolean();
    }

    @Override
    public Mono<ResponseWriter> relay(
            ServerHttpRequest request,
            RoutePermission route,
            Function<ServerHttpRequest, Mono<? extends ResponseWriter>> local) {
        if (RelayMark.isSet(request)) {
            return Mono.error(CommandErrors.standby());
        }
        if (request.getHeaders().getContentLength() > MAX_BODY) {
            // The route refuses it.
            return local.apply(request).map(Function.identity());
        }
        return metrics.measured(Mono.using(
                budget::begin,
                share -> bodyLimit.of(request).bytes(MAX_BODY).flatMap(body -> {
                    share.add(body.length);
                    return relay(new RelayedWrite(request, body, isRepeatable(request, route), local));
                })));
    }

    private static boolean isReadOfOwner(RoutePermission route) {
        return route.method().equals(HttpMethod.GET) && READS_OF_OWNER.contains(route.template());
    }

    /** Returns true for heartbeats, and for what has an idempotency key or only reads: done twice, it is done once. */
    private static boolean isRepeatable(ServerHttpRequest request, RoutePermission route) {
        return isReadOfOwner(route)
                || route.permission() == Permission.INSTANCE_RENEW
                || request.getHeaders().containsHeader(IdempotencyKeyHeader.HEADER);
    }

    private Mono<ResponseWriter> relay(RelayedWrite write) {
        return Mono.defer(() -> attempt(write))
                .retryWhen(Retry.from(failures -> failures.concatMap(signal -> pause(write, signal.failure()))));
    }

    private Mono<ResponseWriter> attempt(RelayedWrite write) {
        // Before the owner is looked up, so that no change in between is missed.
        var change = nextChange.get();
        if (isOwner.getAsBoolean()) {
            return write.answerHere();
        }
        var owner = owners.get();
        if (owner == null) {
            write.awaitOwner(change);
            return Mono.error(write.nothingDone());
        }
        write.awaitOwnerOrPause(change);
        var delivery = write.begin();
        return client.send(owner.address(), write.request(), write.body(), delivery::begin)
                .takeUntilOther(owner.lost())
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The owner has lost the event store.")))
                .onErrorMap(delivery::toFailure)
                .flatMap(answer -> answer.isNothingDone() ? Mono.error(write.nothingDone()) : Mono.just(answer));
    }

    /**
     * Returns a signal that completes when the next attempt is due; fails with the refusal that the caller receives if
     * there is none.
     */
    private Publisher<Long> pause(RelayedWrite write, Throwable failure) {
        if (!(failure instanceof RelayFailure relayFailure)) {
            return Mono.error(failure);
        }
        boolean waitsAlready = write.isHeld();
        var left = holdTimeout.minusNanos(write.heldFor(time.nanos()));
        if (!relayFailure.repeatable() || !left.isPositive()) {
            return Mono.error(write.isPerhapsDone() ? unknown() : CommandErrors.standby());
        }
        if (!waitsAlready) {
            metrics.countHeld();
        }
        return write.nextAttempt(left);
    }

    private static RegistryException unknown() {
        return new RegistryException(
                ErrorCode.STORE_UNAVAILABLE,
                "The owner of the event store did not confirm the request; whether it is stored is unknown. Send it"
                        + " again.",
                RETRY_AFTER);
    }
}
