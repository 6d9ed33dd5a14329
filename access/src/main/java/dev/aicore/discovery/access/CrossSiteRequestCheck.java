package dev.aicore.discovery.access;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Checks that a browser didn't send a request on behalf of a page of another site. The names in {@code Host} (DNS
 * rebinding) and {@code Origin} (cross-site requests) reveal such requests.
 */
final class CrossSiteRequestCheck {
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|[a-z0-9.-]+\\.localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|::1");

    /**
     * Hosts that can't be the name of a page of another site: addresses, names without a dot, and names in domains that
     * aren't delegated on the internet.
     */
    private static final Pattern PRIVATE = Pattern.compile(
            "[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]|[a-z0-9-]+|[a-z0-9.-]+\\.(localhost|internal|local|svc)");

    private CrossSiteRequestCheck() {}

    static boolean isLocal(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String host = headers.getFirst(HttpHeaders.HOST);
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        return (host == null || isLoopbackLiteral(host) || isLoopback("http://" + host))
                && (origin == null || isLoopback(origin));
    }

    /** Recognizes the hosts that nearly all callers on this machine send, without parsing a URI. */
    private static boolean isLoopbackLiteral(String host) {
        return isHostWithPort(host, "127.0.0.1") || isHostWithPort(host, "localhost");
    }

    private static boolean isHostWithPort(String host, String name) {
        if (!host.startsWith(name)) {
            return false;
        }
        for (int i = name.length() + 1; i < host.length(); i++) {
            if (host.charAt(i) < '0' || host.charAt(i) > '9') {
                return false;
            }
        }
        return host.length() == name.length() || host.charAt(name.length()) == ':';
    }

    /**
     * Returns true if a request, from any address, was meant for this server rather than sent by a page of another
     * site.
     */
    static boolean isSameSite(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String host = headers.getFirst(HttpHeaders.HOST);
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        return (host == null || matches(PRIVATE, "http://" + host))
                && (origin == null || isLoopback(origin) || origin.equalsIgnoreCase("http://" + host));
    }

    /** Returns true if a request has no {@code Origin}, or this server's own. */
    static boolean isOfOwnOrigin(ServerHttpRequest request) {
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
        return origin == null
                || origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host);
    }

    /**
     * Checks that a page of this server sent the request. Browsers add {@code Origin} to each request of a script that
     * isn't a read, and {@code Sec-Fetch-Site} if the page is encrypted or of a loopback address.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code unauthorized} otherwise
     */
    static void requireOwnPage(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        if (headers.getFirst(HttpHeaders.ORIGIN) == null || !isOfOwnOrigin(request)) {
            throw AuthenticationErrors.of(
                    "Only a page of this server may use this route.",
                    HttpHeaders.ORIGIN,
                    "is not this server's",
                    "the origin of the web UI");
        }
        String site = headers.getFirst(FETCH_SITE);
        if (site != null && !site.equals("same-origin")) {
            throw AuthenticationErrors.of(
                    "Only a page of this server may use this route.", FETCH_SITE, "is another site", "same-origin");
        }
    }

    /** Returns true if the browser protects the connection of the page's origin: by TLS, or because it is loopback. */
    static boolean isSecureOrigin(ServerHttpRequest request) {
        String origin = request.getHeaders().getFirst(HttpHeaders.ORIGIN);
        return origin != null
                && (origin.regionMatches(true, 0, "https://", 0, "https://".length()) || isLoopback(origin));
    }

    private static boolean isLoopback(String uri) {
        return matches(LOOPBACK, uri);
    }

    private static boolean matches(Pattern hosts, String uri) {
        String host = host(uri);
        return host != null && hosts.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static @Nullable String host(String uri) {
        try {
            return URI.create(uri).getHost();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
