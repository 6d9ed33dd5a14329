package dev.aicore.discovery.access;

import dev.aicore.discovery.web.ResponseWriter;
import java.util.function.Function;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Sends writes to the node that owns the event store, if this one doesn't. Runs after access control, so that the node
 * that a caller reaches applies the limits.
 */
public interface OwnerRelay {

    /** Relay of a process that answers everything itself. */
    OwnerRelay NONE = new OwnerRelay() {
        @Override
        public boolean isNeeded(RoutePermission route) {
            return false;
        }

        @Override
        public Mono<ResponseWriter> relay(
                ServerHttpRequest request,
                RoutePermission route,
                Function<ServerHttpRequest, Mono<? extends ResponseWriter>> local) {
            throw new UnsupportedOperationException("This process answers everything itself.");
        }
    };

    /** Returns true if this node can't answer requests of the route at present, but another one can. */
    boolean isNeeded(RoutePermission route);

    /**
     * Sends a request to the owner.
     *
     * @param local answers the request on this node, which may become the owner meanwhile; receives the request with a
     *     body that hasn't been read
     * @return answer of the owner; fails with {@link dev.aicore.discovery.api.error.RegistryException}: {@code standby}
     *     or {@code overloaded} if nothing was done, {@code store_unavailable} if the result is unknown
     */
    Mono<ResponseWriter> relay(
            ServerHttpRequest request,
            RoutePermission route,
            Function<ServerHttpRequest, Mono<? extends ResponseWriter>> local);
}
