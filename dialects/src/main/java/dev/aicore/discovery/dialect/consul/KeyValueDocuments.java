package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.query.configuration.KeyValues.KeyValueEntry;
import dev.aicore.discovery.web.ApiJson;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes keys as Consul does. */
final class KeyValueDocuments {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private KeyValueDocuments() {}

    /** Returns the keys with their values in Base64; null instead of an empty value. */
    static byte[] entries(List<KeyValueEntry> entries) {
        var document = JSON.arrayNode(entries.size());
        for (var entry : entries) {
            var value = entry.value();
            document.addObject()
                    .put("LockIndex", 0)
                    .put("Key", entry.key())
                    .put("Flags", new BigInteger(Long.toUnsignedString(entry.flags())))
                    .put("Value", value.length == 0 ? null : value)
                    .put("CreateIndex", entry.createdPosition())
                    .put("ModifyIndex", entry.position());
        }
        return ApiJson.mapper().writeValueAsBytes(document);
    }

    /**
     * Returns the names of keys, each up to the first separator after the prefix.
     *
     * @param separator empty for whole names
     */
    static byte[] names(List<KeyValueEntry> entries, String prefix, String separator) {
        var names = new LinkedHashSet<String>();
        for (var entry : entries) {
            int end = separator.isEmpty() ? -1 : entry.key().indexOf(separator, prefix.length());
            names.add(end < 0 ? entry.key() : entry.key().substring(0, end + separator.length()));
        }
        return ApiJson.mapper().writeValueAsBytes(names);
    }
}
