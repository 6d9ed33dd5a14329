package dev.aicore.discovery.api.access;

import java.util.List;

/** A page of keys, the oldest first. */
public record KeysView(List<KeyView> keys) {
    public KeysView {
        keys = List.copyOf(keys);
    }
}
