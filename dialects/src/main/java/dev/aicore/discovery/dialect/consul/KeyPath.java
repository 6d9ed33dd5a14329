package dev.aicore.discovery.dialect.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStream;
import java.util.regex.Pattern;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriUtils;

/** Reads the key, or the prefix of keys, from the path of a request. */
final class KeyPath {

    private static final String ROOT = "/v1/kv/";

    /** Segments that clients and proxies resolve, so that their requests would be about another key. */
    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.{1,2}(/|$)");

    private KeyPath() {}

    /**
     * Returns the decoded key of a request.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if it is empty or no valid key
     */
    static String key(ServerHttpRequest request) {
        var key = prefix(request);
        if (key.isEmpty()) {
            throw ConsulRefusals.invalid("Missing key name");
        }
        return key;
    }

    /**
     * Returns the decoded prefix of a request; empty for all keys.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException if no key begins with it
     */
    static String prefix(ServerHttpRequest request) {
        var path = UriUtils.decode(request.getURI().getRawPath(), UTF_8);
        var key = path.length() < ROOT.length() ? "" : path.substring(ROOT.length());
        if (key.startsWith("/")) {
            throw ConsulRefusals.invalid("Invalid key: it must not begin with a '/'");
        }
        if (DOT_SEGMENT.matcher(key).find()) {
            throw ConsulRefusals.invalid("Invalid key: it must not have a segment '.' or '..'");
        }
        if (key.getBytes(UTF_8).length > KeyValueStream.MAX_KEY_BYTES) {
            throw ConsulRefusals.invalid(
                    "Invalid key: it may have at most " + KeyValueStream.MAX_KEY_BYTES + " bytes in UTF-8");
        }
        return key;
    }
}
