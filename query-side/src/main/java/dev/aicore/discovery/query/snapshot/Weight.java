package dev.aicore.discovery.query.snapshot;

import dev.aicore.discovery.api.instance.InstanceView;

/**
 * What a service counts for in memory: each of its instances one for each begun 2 KB of what it holds. Estimated from its texts,
 * which are there once as they are and once as JSON: that is written only once somebody is answered it.
 */
final class Weight {

    private static final int UNIT = 2_048;

    /** What an instance takes that says no more than it must, with its JSON. */
    private static final int BARE = 1_024;

    /** What a text takes without its characters. */
    private static final int TEXT = 40;

    private static final int ASCII = 2;
    private static final int OTHER = 5;

    private Weight() {}

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
