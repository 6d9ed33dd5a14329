package dev.aicore.discovery.access;

import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.RequestIdFilter;
import java.net.InetAddress;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Creates callers for requests without authentication. Ignores headers, except for the address that trusted proxies
 * report.
 */
final class AnonymousCallerFactory {

    static final String PRINCIPAL = "anonymous";

    private AnonymousCallerFactory() {}

    static Caller admin(ServerHttpRequest request) {
        return caller(request, "admin");
    }

    /** Creates a caller for the routes that are open to every caller. */
    static Caller unprivileged(ServerHttpRequest request) {
        return caller(request, "none");
    }

    /** Returns true if the request only reads the health of this process, which is open to every caller. */
    static boolean isHealthRequest(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        return "/health".equals(request.getURI().getRawPath())
                && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD));
    }

    /** Returns the caller's address as facts store it; {@code unknown} if the connection has none. */
    static String source(ServerHttpRequest request) {
        InetAddress address = ClientNetwork.addressOf(request);
        return address == null ? "unknown" : address.getHostAddress();
    }

    private static Caller caller(ServerHttpRequest request, String role) {
        return new Caller(PRINCIPAL, role, source(request), "rest", RequestIdFilter.of(request), null);
    }
}
