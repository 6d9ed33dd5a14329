package dev.aicore.discovery.config.settings;

import org.springframework.util.unit.DataSize;

/** Computes sizes as shares of the maximum heap of this JVM. */
public final class HeapShare {

    private HeapShare() {}

    /** Returns the given percentage of the maximum heap. */
    public static DataSize ofPercent(int percent) {
        return DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 100 * percent);
    }

    /** Returns the size, or the given percentage of the maximum heap if the size is 0. */
    static DataSize orPercent(DataSize size, int percent) {
        return size.toBytes() == 0 ? ofPercent(percent) : size;
    }
}
