package dev.aicore.discovery.api.access;

import java.util.List;

/** Page of API keys, oldest first. */
public record ApiKeysView(List<ApiKeyView> keys) {
    public ApiKeysView {
        keys = List.copyOf(keys);
    }
}
