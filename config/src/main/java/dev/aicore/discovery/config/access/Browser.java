package dev.aicore.discovery.config.access;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Tells whether a request from this machine was also meant for it. A browser here sends requests on behalf of pages from
 * anywhere; the names in {@code Host} (DNS rebinding) and {@code Origin} (cross-site requests) give those away.
 */
final class Browser {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|[a-z0-9.-]+\\.localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|::1");

    private Browser() {}

    static boolean isLocal(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String host = headers.getFirst(HttpHeaders.HOST);
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        return (host == null || isLoopback("http://" + host)) && (origin == null || isLoopback(origin));
    }

    private static boolean isLoopback(String uri) {
        String host = host(uri);
        return host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static @Nullable String host(String uri) {
        try {
            return URI.create(uri).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
