package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.web.RequestId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * The gate while there is no identity: in development, callers on this machine are {@code anonymous} with the role admin;
 * everybody else, and everybody outside development or where the server is bound to more than loopback, is denied.
 *
 * <p>Only the address of the connection counts: headers that claim another one are not looked at.
 */
public final class LoopbackGuard implements RequestGuard {
    private final BooleanSupplier openToLoopback;

    /**
     * @param openToLoopback asked at each request: whether this is a development server bound to loopback alone. It must not
     *     block.
     */
    public LoopbackGuard(BooleanSupplier openToLoopback) {
        this.openToLoopback = openToLoopback;
    }

    @Override
    public Mono<Caller> admit(ServerHttpRequest request) {
        if (isHealth(request)) {
            return Mono.just(caller(request, "none"));
        }
        if (!openToLoopback.getAsBoolean()) {
            return deny(
                    "Identity is not configured yet: until it is, a server outside development, or bound to more than a"
                            + " loopback address, answers /health alone.");
        }
        if (!isLoopback(request)) {
            return deny(
                    "Identity is not configured yet: until it is, only callers on the server's own machine are let in.");
        }
        if (!Browser.isLocal(request)) {
            return deny(
                    "The Host or Origin of this request is not a loopback name: a page from elsewhere, or a proxy, may be"
                            + " acting through this machine.");
        }
        return Mono.just(caller(request, "admin"));
    }

    private static boolean isHealth(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        return "/health".equals(request.getURI().getRawPath())
                && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD));
    }

    private static boolean isLoopback(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        InetAddress address = remote == null ? null : remote.getAddress();
        return address != null && address.isLoopbackAddress();
    }

    private static Caller caller(ServerHttpRequest request, String role) {
        InetSocketAddress remote = request.getRemoteAddress();
        InetAddress address = remote == null ? null : remote.getAddress();
        String source = address == null ? "unknown" : address.getHostAddress();
        return new Caller("anonymous", role, source, "rest", RequestId.of(request), null);
    }

    private static Mono<Caller> deny(String detail) {
        return Mono.error(() -> new RegistryException(ErrorCode.UNAUTHORIZED, detail));
    }
}
