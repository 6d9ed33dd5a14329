package dev.aicore.discovery.client.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates declarations and derives ids, as the server does. */
final class Declarations {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:@-]{1,256}");
    private static final UUID IDS = UUID.fromString("5d4a1c0e-8a3b-5c1f-9d52-7b1f0c6a2e94");
    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "address",
            "port",
            "version",
            "protocol",
            "weight",
            "ttl",
            "health_check",
            "metadata",
            "tags",
            "zone",
            "initial_status",
            "namespace",
            "reason",
            "status");
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "grpc", "tcp");
    private static final int MAX_PORT = 65_535;
    private static final int VERSION_BITS = 0x50;

    private Declarations() {}

    /** Returns a valid declaration with the defaults of absent fields. */
    static Map<String, Object> validated(Map<String, @Nullable Object> body) {
        body.keySet().stream()
                .filter(field -> !FIELDS.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw Refusal.field("unknown_field", field, "is not a field", null, "one of " + FIELDS);
                });
        var declaration = new LinkedHashMap<String, Object>();
        declaration.put("name", text(body, "name", null, NAME, "a name"));
        declaration.put(
                "address",
                text(body, "address", null, Pattern.compile("[^\\s/]{1,253}"), "an IP address or host name")
                        .toLowerCase(Locale.ROOT));
        declaration.put("port", integer(body, "port", null, 1, MAX_PORT));
        declaration.put("version", text(body, "version", "", Pattern.compile(".{0,128}"), "at most 128 characters"));
        declaration.put("protocol", choice(body, "protocol", "http", PROTOCOLS));
        declaration.put("weight", integer(body, "weight", 100L, 0, MAX_PORT));
        declaration.put("ttl", ttl(body));
        if (body.get("health_check") instanceof Map<?, ?> check) {
            declaration.put("health_check", check);
        }
        declaration.put("metadata", body.get("metadata") instanceof Map<?, ?> map ? map : Map.of());
        declaration.put("tags", body.get("tags") instanceof List<?> list ? list : List.of());
        declaration.put("zone", text(body, "zone", "", Pattern.compile(".{0,128}"), "at most 128 characters"));
        return declaration;
    }

    private static long ttl(Map<String, @Nullable Object> body) {
        long ttl = integer(body, "ttl", 30L, 0, 86_400);
        if ((ttl == 0 && body.get("health_check") == null) || (ttl > 0 && ttl < 5)) {
            throw Refusal.field(
                    "validation_failed", "ttl", "is too short", ttl, "5 to 86400, or 0 with a health_check");
        }
        return ttl;
    }

    /** Returns the declared id, or the one that follows from name, address and port. */
    static String idOf(Map<String, @Nullable Object> body, Map<String, Object> declaration) {
        if (body.get("id") != null) {
            return text(body, "id", null, ID, "letters, digits and . _ : @ -");
        }
        return derived("v1|default|" + declaration.get("name") + "|" + declaration.get("address") + "|"
                + declaration.get("port"));
    }

    /** Returns the UUIDv5 (RFC 9562) of a text. */
    static String derived(String text) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(IDS.getMostSignificantBits())
                    .putLong(IDS.getLeastSignificantBits())
                    .array());
            byte[] hash = sha1.digest(text.getBytes(UTF_8));
            hash[6] = (byte) ((hash[6] & 0x0f) | VERSION_BITS);
            hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
            var bits = ByteBuffer.wrap(hash);
            return new UUID(bits.getLong(), bits.getLong()).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(
            Map<String, @Nullable Object> body,
            String field,
            @Nullable String fallback,
            Pattern pattern,
            String expected) {
        Object value = body.get(field);
        if (value == null && fallback != null) {
            return fallback;
        }
        if (!(value instanceof String text) || !pattern.matcher(text).matches()) {
            throw Refusal.field(
                    "validation_failed", field, value == null ? "is required" : "is not valid", value, expected);
        }
        return text;
    }

    static long integer(Map<String, @Nullable Object> body, String field, @Nullable Long fallback, long min, long max) {
        Object value = body.get(field);
        if (value == null && fallback != null) {
            return fallback;
        }
        long number = value instanceof Long || value instanceof Integer ? ((Number) value).longValue() : min - 1;
        if (number < min || number > max) {
            throw Refusal.field(
                    "validation_failed",
                    field,
                    "must be an integer from " + min + " to " + max,
                    value,
                    "an integer from " + min + " to " + max);
        }
        return number;
    }

    static String choice(Map<String, @Nullable Object> body, String field, String fallback, Set<String> choices) {
        Object value = body.get(field);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof String text) || !choices.contains(text)) {
            throw Refusal.field("validation_failed", field, "must be one of " + choices, value, "one of " + choices);
        }
        return text;
    }
}
