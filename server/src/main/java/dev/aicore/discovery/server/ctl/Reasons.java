package dev.aicore.discovery.server.ctl;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a write is made, in its author's words. */
final class Reasons {

    private Reasons() {}

    static Map<String, String> header(@Nullable String reason) {
        return reason == null ? Map.of() : Map.of("X-Reason", reason);
    }
}
