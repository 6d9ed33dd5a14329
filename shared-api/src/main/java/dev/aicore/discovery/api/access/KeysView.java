package dev.aicore.discovery.api.access;

import java.util.List;

/** All keys, the oldest first, and the last thousand that were revoked. */
public record KeysView(List<KeyView> keys) {
    public KeysView {
        keys = List.copyOf(keys);
    }
}
