package dev.aicore.discovery.access;

import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * The gate held open on purpose, by {@value AccessConfiguration#UNGUARDED}: whoever can connect acts as admin. Who can is up to
 * the network, such as a container's, whose port is published on the host's loopback alone. Browsers there are still kept from
 * acting for pages from elsewhere.
 */
final class AllowAllAuthenticator implements RequestAuthenticator {

    @Override
    public Mono<Caller> admit(ServerHttpRequest request) {
        if (AnonymousCallerFactory.isHealthRequest(request)) {
            return Mono.just(AnonymousCallerFactory.nobody(request));
        }
        if (!CrossSiteRequestCheck.isSameSite(request)) {
            return Mono.error(() -> AuthenticationErrors.of(
                    "The Host of this request is a name that anybody may point here, or its Origin is another site: a page from"
                            + " elsewhere may be acting through a browser. Use an address, or a name without dots.",
                    "Host",
                    "is a name that anybody may point here",
                    "an address, or a name without dots"));
        }
        return Mono.just(AnonymousCallerFactory.admin(request));
    }
}
