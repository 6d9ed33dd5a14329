package dev.aicore.discovery.config.settings;

import org.springframework.util.unit.DataSize;

/** Sizes that follow the largest heap that this JVM may have. */
public final class HeapShare {

    private HeapShare() {}

    /** Returns so much of it, in percent. */
    public static DataSize ofPercent(int percent) {
        return DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 100 * percent);
    }

    /** Returns the size, or so much of the heap where the size is 0. */
    static DataSize orPercent(DataSize size, int percent) {
        return size.toBytes() == 0 ? ofPercent(percent) : size;
    }
}
