package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.settings.HeapShare;

/**
 * What a service counts for in memory: each of its instances one for each begun 64 bytes of what it holds. Estimated from its texts,
 * which are there once as they are and once as JSON: that is written only once somebody is answered it.
 */
final class SnapshotWeigher {

    static final int UNIT = 64;

    /** What settings count as one instance. */
    private static final int LARGE = 2_048;

    /** Characters of metadata and tags that don't make an instance large. */
    private static final int FREE = 256;

    /** What an instance takes that says no more than it must, with its JSON. */
    private static final int BARE = 1_024;

    /** What a text takes without its characters. */
    private static final int TEXT = 40;

    private static final int ASCII = 2;
    private static final int OTHER = 5;

    private SnapshotWeigher() {}

    /** Returns the weight of what may be kept: of so many instances of 2 KB, as far as that share of the heap goes. */
    static long max(int instances, int percentOfHeap) {
        return Math.min(
                        (long) instances * LARGE,
                        HeapShare.ofPercent(percentOfHeap).toBytes())
                / UNIT;
    }

    /** Returns about how many characters an instance says beyond what all do. */
    static long surplus(InstanceView instance) {
        return Math.max(0, instance.characters() - FREE);
    }

    static int of(InstanceView instance) {
        int held = BARE;
        for (var said : instance.metadata().entrySet()) {
            held += held(said.getKey()) + held(said.getValue());
        }
        for (var tag : instance.tags()) {
            held += held(tag);
        }
        var check = instance.healthCheck();
        if (check != null) {
            held += held(check.config().toString());
        }
        return Math.ceilDiv(held, UNIT);
    }

    private static int held(String text) {
        int held = TEXT;
        for (int i = 0; i < text.length(); i++) {
            held += text.charAt(i) < 0x80 ? ASCII : OTHER;
        }
        return held;
    }
}
