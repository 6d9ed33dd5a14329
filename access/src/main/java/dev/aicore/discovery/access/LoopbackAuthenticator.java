package dev.aicore.discovery.access;

import dev.aicore.discovery.web.ClientNetwork;
import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Authenticates requests without credentials. In development, callers on this machine are {@code anonymous} with the
 * role admin. All others are denied, and so is every caller if the environment isn't development or the server is bound
 * to more than loopback.
 *
 * <p>The address of the connection counts, or the one that a trusted proxy reports. Other headers that claim an address
 * are ignored.
 */
public final class LoopbackAuthenticator implements RequestAuthenticator, AnonymousAdmission {
    private final BooleanSupplier openToLoopback;

    /**
     * Creates an authenticator.
     *
     * @param openToLoopback returns true if this is a development server bound to loopback only; called at each
     *     request, must not block
     */
    public LoopbackAuthenticator(BooleanSupplier openToLoopback) {
        this.openToLoopback = openToLoopback;
    }

    @Override
    public Mono<Caller> authenticate(ServerHttpRequest request) {
        if (AnonymousCallerFactory.isOpenRequest(request)) {
            return Mono.just(AnonymousCallerFactory.unprivileged(request));
        }
        if (!isOpen()) {
            return deny("This server requires authentication: send a token (Authorization: Bearer …) or an API key ("
                    + Credentials.KEY_HEADER + "). Only /health and the files of /ui are open.");
        }
        if (!isLoopback(request)) {
            return deny("Only callers on the server's own machine are admitted without a token or an API key.");
        }
        if (!CrossSiteRequestCheck.isLocal(request)) {
            return deny("The Host or Origin of this request is not a loopback name: a foreign page, or a proxy, may be"
                    + " acting through this machine.");
        }
        return Mono.just(AnonymousCallerFactory.admin(request));
    }

    @Override
    public boolean isAdmitted(ServerHttpRequest request) {
        return isOpen() && isLoopback(request) && CrossSiteRequestCheck.isLocal(request);
    }

    boolean isOpen() {
        return openToLoopback.getAsBoolean();
    }

    private static boolean isLoopback(ServerHttpRequest request) {
        InetAddress address = ClientNetwork.addressOf(request);
        return address != null && address.isLoopbackAddress();
    }

    private static Mono<Caller> deny(String detail) {
        return Mono.error(() -> AuthenticationErrors.of(detail));
    }
}
