package dev.aicore.discovery.query.configuration;

import java.util.List;

/**
 * Present values of selected keys, ordered by key.
 *
 * @param position position up to which they are complete
 * @param index position of the last change of a selected key up to then, also of one that was deleted; 0 if there was
 *     none
 */
public record KeyValues(List<KeyValueEntry> entries, long position, long index) {

    public KeyValues {
        entries = List.copyOf(entries);
    }

    /**
     * Value of a key.
     *
     * @param value empty if values were not read
     * @param flags unsigned number
     * @param version of the key, as {@code ConfigurationETag.ofVersion} takes it
     * @param createdPosition position at which the key was created, after its last deletion
     * @param position position of its last change
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by version
    public record KeyValueEntry(
            String key, byte[] value, long flags, int version, long createdPosition, long position) {}
}
