package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import java.util.LinkedHashSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Parses the headers with preconditions (RFC 9110, section 13.1). */
public final class PreconditionParser {

    private static final Pattern TAG = Pattern.compile("\\s*(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")\\s*(,|$)");
    private static final String TAGS = "* or a list of entity tags such as \"m0abc123-2\"";

    private PreconditionParser() {}

    /** Parses {@code If-Match}. Weak tags never match; {@code *} matches any tag. */
    public static InstancePrecondition ifMatch(ServerHttpRequest request) {
        var header = header(request, HttpHeaders.IF_MATCH);
        if (header == null || header.equals("*")) {
            return InstancePrecondition.NONE;
        }
        var strong = new LinkedHashSet<String>();
        var tag = TAG.matcher(header);
        int end = 0;
        do {
            if (!tag.region(end, header.length()).lookingAt()) {
                throw malformed(HttpHeaders.IF_MATCH, header, TAGS);
            }
            if (tag.group(1) == null) {
                strong.add(tag.group(2));
            }
            end = tag.end();
        } while (!tag.group(3).isEmpty());
        return new InstancePrecondition(strong);
    }

    /** Returns true if {@code If-Match} is present, with whichever tags: the resource must exist. */
    public static boolean onlyPresent(ServerHttpRequest request) {
        return header(request, HttpHeaders.IF_MATCH) != null;
    }

    /** Returns true if {@code If-None-Match: *} is present: the resource must not exist. */
    public static boolean onlyNew(ServerHttpRequest request) {
        var header = header(request, HttpHeaders.IF_NONE_MATCH);
        if (header != null && !header.equals("*")) {
            throw malformed(HttpHeaders.IF_NONE_MATCH, header, "*");
        }
        return header != null;
    }

    private static @Nullable String header(ServerHttpRequest request, String name) {
        var values = request.getHeaders().get(name);
        return values == null ? null : String.join(",", values).strip();
    }

    private static RegistryException malformed(String name, String value, String expected) {
        return new RegistryException(
                ErrorCode.VALIDATION_FAILED,
                "The header " + name + " must be " + expected + ".",
                new FieldError(name, "must be " + expected, value, expected));
    }
}
