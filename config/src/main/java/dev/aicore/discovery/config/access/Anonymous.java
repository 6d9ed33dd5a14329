package dev.aicore.discovery.config.access;

import dev.aicore.discovery.config.web.Networks;
import dev.aicore.discovery.config.web.RequestId;
import java.net.InetAddress;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Callers whom nobody asked for their name. Headers don't count, but for those of trusted proxies. */
final class Anonymous {

    static final String PRINCIPAL = "anonymous";

    private Anonymous() {}

    static Caller admin(ServerHttpRequest request) {
        return caller(request, "admin");
    }

    /** For routes that are open to everyone. */
    static Caller nobody(ServerHttpRequest request) {
        return caller(request, "none");
    }

    /** Whether the request asks for nothing but the health of this process, which anybody may know. */
    static boolean asksForHealth(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        return "/health".equals(request.getURI().getRawPath())
                && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD));
    }

    /** The caller's address as facts remember it. */
    static String source(ServerHttpRequest request) {
        InetAddress address = Networks.addressOf(request);
        return address == null ? "unknown" : address.getHostAddress();
    }

    private static Caller caller(ServerHttpRequest request, String role) {
        return new Caller(PRINCIPAL, role, source(request), "rest", RequestId.of(request), null);
    }
}
