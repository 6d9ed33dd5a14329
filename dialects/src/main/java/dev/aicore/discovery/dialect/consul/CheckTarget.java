package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.web.HostNormalizer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.Set;

/**
 * Target of a check. The registry checks instances at their own address, so that the target may differ from the
 * instance in port and path only. A loopback host stands for the instance's own, as it does for an agent beside it.
 *
 * @param secure true for {@code https}
 * @param port 1 to 65535
 * @param path path and query of an HTTP check, service of a gRPC check; may be empty
 */
record CheckTarget(boolean secure, int port, String path) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /**
     * Parses the URL of an HTTP check.
     *
     * @param address address of the instance
     * @throws dev.aicore.discovery.api.error.RegistryException if it is no URL, or of another host
     */
    static CheckTarget ofUrl(String url, String address) {
        var uri = uri(url);
        var scheme = Objects.requireNonNullElse(uri.getScheme(), "");
        boolean secure = scheme.equalsIgnoreCase("https");
        if (uri.getHost() == null || uri.getRawUserInfo() != null || !(secure || scheme.equalsIgnoreCase("http"))) {
            throw ConsulRefusals.invalidCheck("'" + shorten(url) + "' is no URL of http or https without user");
        }
        requireHost(uri.getHost(), address);
        var path = Objects.requireNonNullElse(uri.getRawPath(), "");
        var query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
        return new CheckTarget(
                secure, uri.getPort() < 0 ? secure ? 443 : 80 : uri.getPort(), (path.isEmpty() ? "/" : path) + query);
    }

    /**
     * Parses the target of a TCP or gRPC check, {@code host:port} or {@code host:port/service}.
     *
     * @param address address of the instance
     * @throws dev.aicore.discovery.api.error.RegistryException if it has no port, or is of another host
     */
    static CheckTarget ofAuthority(String text, String address) {
        var uri = uri("tcp://" + text);
        if (uri.getHost() == null || uri.getPort() < 1) {
            throw ConsulRefusals.invalidCheck("'" + shorten(text) + "' is not of the form host:port");
        }
        requireHost(uri.getHost(), address);
        var path = Objects.requireNonNullElse(uri.getPath(), "");
        return new CheckTarget(false, uri.getPort(), path.startsWith("/") ? path.substring(1) : path);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            throw ConsulRefusals.invalidCheck("'" + shorten(text) + "' is no valid target");
        }
    }

    private static void requireHost(String host, String address) {
        var wanted = HostNormalizer.normalize(host);
        if (wanted == null || !(LOOPBACK.contains(wanted) || wanted.equals(HostNormalizer.normalize(address)))) {
            throw ConsulRefusals.invalidCheck("the target " + shorten(host)
                    + " is not the service's address " + address
                    + "; the registry checks an instance at its own address");
        }
    }

    private static String shorten(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
}
