package dev.aicore.discovery.api.access;

import java.util.List;

/** A page of keys, the oldest first. */
public record ApiKeysView(List<ApiKeyView> keys) {
    public ApiKeysView {
        keys = List.copyOf(keys);
    }
}
