package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.web.Networks;
import dev.aicore.discovery.config.web.Ready;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** The gate as every request passes it, whichever way it then takes: who calls, and whether they may. */
public final class Gate {

    private final RequestGuard guard;
    private final Authorizer authorizer;
    private final RateLimits limits;
    private final Denials denials;

    Gate(RequestGuard guard, Authorizer authorizer, RateLimits limits, Denials denials) {
        this.guard = guard;
        this.authorizer = authorizer;
        this.limits = limits;
        this.denials = denials;
    }

    /**
     * The caller, with the reason that the request gives; fails where they are not let in, or throws what it fails with.
     *
     * @param asked what its route asks for; null for a path that has no route, which then must not be answered with one
     */
    public Mono<Caller> admit(ServerHttpRequest request, @Nullable RouteRule asked) {
        Mono<Caller> admitted;
        @Nullable Caller known;
        try {
            limits.passNetwork(Networks.addressOf(request), permission(asked));
            admitted = guard.admit(request);
            known = Ready.value(admitted);
        } catch (RegistryException denial) {
            denials.count(denial, network(request), asked);
            throw denial;
        }
        return known == null ? later(admitted, request, asked) : Mono.just(pass(known, request, asked));
    }

    private Mono<Caller> later(Mono<Caller> admitted, ServerHttpRequest request, @Nullable RouteRule asked) {
        return admitted.switchIfEmpty(Mono.error(() -> Unauthorized.of("The caller is not let in.")))
                .doOnError(RegistryException.class, denial -> denials.count(denial, network(request), asked))
                .map(caller -> pass(caller, request, asked));
    }

    private Caller pass(Caller caller, ServerHttpRequest request, @Nullable RouteRule asked) {
        require(caller, request, asked);
        return caller.because(Reason.of(request));
    }

    private void require(Caller caller, ServerHttpRequest request, @Nullable RouteRule asked) {
        try {
            limits.passPrincipal(caller, permission(asked));
            if (asked != null) {
                authorizer.require(caller, asked, request);
            }
        } catch (RegistryException denial) {
            denials.count(denial, caller.principal(), asked);
            throw denial;
        }
    }

    private static @Nullable Permission permission(@Nullable RouteRule asked) {
        return asked == null ? null : asked.permission();
    }

    private static String network(ServerHttpRequest request) {
        return Networks.of(request);
    }
}
