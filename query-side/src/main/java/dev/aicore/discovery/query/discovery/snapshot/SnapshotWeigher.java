package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.settings.HeapShare;

/**
 * Estimates the memory that services take, in units of 64 bytes, rounded up per instance. The estimate counts texts
 * twice, in memory and as JSON; the JSON exists only once the instance has been returned.
 */
public final class SnapshotWeigher {

    static final int UNIT = 64;

    /** Size in bytes that settings count as one instance. */
    private static final int LARGE = 2_048;

    /** Characters of metadata and tags that don't count towards the surplus. */
    private static final int FREE_CHARACTERS = 256;

    /** Size in bytes of a minimal instance with its JSON. */
    private static final int BASE_BYTES = 1_024;

    /** Size in bytes of a text without its characters. */
    private static final int TEXT = 40;

    private static final int ASCII = 2;
    private static final int OTHER = 5;

    private SnapshotWeigher() {}

    /** Returns the maximum weight for a number of instances of 2 KB each, limited to a share of the heap. */
    public static long max(int instances, int percentOfHeap) {
        return Math.min(
                        (long) instances * LARGE,
                        HeapShare.ofPercent(percentOfHeap).toBytes())
                / UNIT;
    }

    /** Returns the approximate number of characters of an instance beyond {@link #FREE_CHARACTERS}. */
    static long surplus(InstanceView instance) {
        return Math.max(0, instance.characters() - FREE_CHARACTERS);
    }

    /** Returns the weight of an instance. */
    public static int of(InstanceView instance) {
        int held = BASE_BYTES;
        for (var entry : instance.metadata().entrySet()) {
            held += bytesOf(entry.getKey()) + bytesOf(entry.getValue());
        }
        for (var tag : instance.tags()) {
            held += bytesOf(tag);
        }
        var check = instance.healthCheck();
        if (check != null) {
            held += bytesOf(check.config().toString());
        }
        return Math.ceilDiv(held, UNIT);
    }

    private static int bytesOf(String text) {
        int held = TEXT;
        for (int i = 0; i < text.length(); i++) {
            held += text.charAt(i) < 0x80 ? ASCII : OTHER;
        }
        return held;
    }
}
