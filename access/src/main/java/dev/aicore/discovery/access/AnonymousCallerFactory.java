package dev.aicore.discovery.access;

import dev.aicore.discovery.web.ClientNetwork;
import dev.aicore.discovery.web.RequestIdFilter;
import java.net.InetAddress;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Callers whom nobody asked for their name. Headers don't count, but for those of trusted proxies. */
final class AnonymousCallerFactory {

    static final String PRINCIPAL = "anonymous";

    private AnonymousCallerFactory() {}

    static Caller admin(ServerHttpRequest request) {
        return caller(request, "admin");
    }

    /** For routes that are open to everyone. */
    static Caller nobody(ServerHttpRequest request) {
        return caller(request, "none");
    }

    /** Whether the request asks for nothing but the health of this process, which anybody may know. */
    static boolean isHealthRequest(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        return "/health".equals(request.getURI().getRawPath())
                && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD));
    }

    /** The caller's address as facts remember it. */
    static String source(ServerHttpRequest request) {
        InetAddress address = ClientNetwork.addressOf(request);
        return address == null ? "unknown" : address.getHostAddress();
    }

    private static Caller caller(ServerHttpRequest request, String role) {
        return new Caller(PRINCIPAL, role, source(request), "rest", RequestIdFilter.of(request), null);
    }
}
