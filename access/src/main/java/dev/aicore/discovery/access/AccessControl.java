package dev.aicore.discovery.access;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.ImmediateMono;
import dev.aicore.discovery.web.RelayMark;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Authenticates and authorizes every request, both on the hot path and in WebFlux. A request that another node relayed
 * is authenticated again; its rate was limited there.
 */
public final class AccessControl {

    private final RequestAuthenticator authenticator;
    private final Authorizer authorizer;
    private final RequestRateLimiter rateLimiter;
    private final AccessDenialCounter accessDenialCounter;

    AccessControl(
            RequestAuthenticator authenticator,
            Authorizer authorizer,
            RequestRateLimiter rateLimiter,
            AccessDenialCounter accessDenialCounter) {
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.rateLimiter = rateLimiter;
        this.accessDenialCounter = accessDenialCounter;
    }

    /**
     * Returns the caller, with the reason that the request gives. If the request is denied, either throws the refusal
     * or returns a failed {@code Mono}.
     *
     * @param permission permission that the route requires; null for a path that has no route. Such a request must not
     *     be answered by a route.
     */
    public Mono<Caller> authorize(ServerHttpRequest request, @Nullable RoutePermission permission) {
        Mono<Caller> admitted;
        @Nullable Caller known;
        try {
            if (!RelayMark.isSet(request)) {
                rateLimiter.limitNetwork(ClientNetwork.addressOf(request), permission(permission));
            }
            admitted = authenticator.authenticate(request);
            known = ImmediateMono.value(admitted);
        } catch (RegistryException refusal) {
            accessDenialCounter.count(refusal, network(request), permission);
            throw refusal;
        }
        return known == null
                ? authorizeAsync(admitted, request, permission)
                : Mono.just(authorizeCaller(known, request, permission));
    }

    private Mono<Caller> authorizeAsync(
            Mono<Caller> admitted, ServerHttpRequest request, @Nullable RoutePermission permission) {
        return admitted.switchIfEmpty(Mono.error(() -> AuthenticationErrors.of("The caller is not authenticated.")))
                .doOnError(
                        RegistryException.class,
                        refusal -> accessDenialCounter.count(refusal, network(request), permission))
                .map(caller -> authorizeCaller(caller, request, permission));
    }

    private Caller authorizeCaller(Caller caller, ServerHttpRequest request, @Nullable RoutePermission permission) {
        require(caller, request, permission);
        return caller.withReason(RequestReason.of(request));
    }

    private void require(Caller caller, ServerHttpRequest request, @Nullable RoutePermission permission) {
        try {
            if (!RelayMark.isSet(request)) {
                rateLimiter.limitPrincipal(caller, permission(permission));
            }
            if (permission != null) {
                authorizer.require(caller, permission, request);
            }
        } catch (RegistryException refusal) {
            accessDenialCounter.count(refusal, caller.principal(), permission);
            throw refusal;
        }
    }

    private static @Nullable Permission permission(@Nullable RoutePermission permission) {
        return permission == null ? null : permission.permission();
    }

    private static String network(ServerHttpRequest request) {
        return ClientNetwork.of(request);
    }
}
