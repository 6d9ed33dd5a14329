package dev.aicore.discovery.access;

import dev.aicore.discovery.config.telemetry.RequestTracer;
import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.RequestIdFilter;
import java.net.InetAddress;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Creates callers for requests without authentication. Ignores headers, except for the address that trusted proxies
 * report.
 */
final class AnonymousCallerFactory {

    static final String PRINCIPAL = "anonymous";

    private static final Set<String> OPEN_PATHS = Set.of("/health", "/", "/ui");

    private AnonymousCallerFactory() {}

    static Caller admin(ServerHttpRequest request) {
        return caller(request, "admin");
    }

    /** Creates a caller for the routes that are open to every caller. */
    static Caller unprivileged(ServerHttpRequest request) {
        return caller(request, "none");
    }

    /**
     * Returns true if the request is open to every caller: it reads the health of this process, or it is one of the web
     * UI, whose files contain no data and whose sign-in verifies the credentials in its body.
     */
    static boolean isOpenRequest(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        return path.startsWith("/ui/") || (isRead(request) && OPEN_PATHS.contains(path));
    }

    private static boolean isRead(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** Returns the caller's address as facts store it; {@code unknown} if the connection has none. */
    static String source(ServerHttpRequest request) {
        InetAddress address = ClientNetwork.addressOf(request);
        return address == null ? "unknown" : address.getHostAddress();
    }

    private static Caller caller(ServerHttpRequest request, String role) {
        return new Caller(
                PRINCIPAL,
                role,
                source(request),
                "rest",
                RequestIdFilter.of(request),
                null,
                RequestTracer.confirm(request, Caller.isAdmin(role)),
                null,
                CredentialValidity.UNLIMITED);
    }
}
