package dev.aicore.discovery.bench.soak;

import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.rig.LiveHeap;
import dev.aicore.discovery.bench.rig.ProcessStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Resources of the registry at a time.
 *
 * @param minute time since the start of the load
 * @param liveHeap megabytes of live objects after a collection
 * @param resident megabytes of the registry's own process
 * @param stores megabytes of PostgreSQL and Redis, with shared pages counted once
 * @param descriptors open files and connections of the registry's own process
 * @param threads platform threads of the registry's own process
 * @param disk megabytes of the data directory
 * @param p99Millis 99th percentile of the heartbeats since the sample before
 * @param errors heartbeats that failed since the sample before
 */
record SoakSample(
        double minute,
        double liveHeap,
        double resident,
        double stores,
        double descriptors,
        double threads,
        double disk,
        double p99Millis,
        long errors) {

    private static final double MEGABYTE = 1 << 20;

    /** Measured quantity. */
    enum Quantity {
        LIVE_HEAP("live heap, MB", 0.1),
        RESIDENT("resident memory, MB", 0.1),
        STORES("memory of the stores, MB", 0),
        DESCRIPTORS("descriptors", 0.1),
        THREADS("threads", 0.1),
        DISK("data directory, MB", 0),
        P99("p99 of heartbeats, ms", 0);

        private final String title;
        private final double maxPerHour;

        Quantity(String title, double maxPerHour) {
            this.title = title;
            this.maxPerHour = maxPerHour;
        }

        String title() {
            return title;
        }

        /** Returns the growth per hour that is no leak yet, as a share of the median; 0 if growth is no fault. */
        double maxPerHour() {
            return maxPerHour;
        }

        double of(SoakSample sample) {
            return switch (this) {
                case LIVE_HEAP -> sample.liveHeap;
                case RESIDENT -> sample.resident;
                case STORES -> sample.stores;
                case DESCRIPTORS -> sample.descriptors;
                case THREADS -> sample.threads;
                case DISK -> sample.disk;
                case P99 -> sample.p99Millis;
            };
        }
    }

    /**
     * Takes a sample. Triggers a garbage collection.
     *
     * @param loadRound heartbeats since the sample before
     */
    static SoakSample take(double minute, ProcessHandle process, Path dataDirectory, LoadRound loadRound)
            throws IOException, InterruptedException {
        return new SoakSample(
                minute,
                LiveHeap.bytes(process) / MEGABYTE,
                ProcessStats.residentBytes(process) / MEGABYTE,
                ProcessStats.sharedBytes(process.descendants()) / MEGABYTE,
                ProcessStats.descriptors(process),
                ProcessStats.threads(process),
                bytesOf(dataDirectory) / MEGABYTE,
                loadRound.p99Millis(),
                loadRound.errors());
    }

    private static long bytesOf(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.mapToLong(SoakSample::size).sum();
        } catch (UncheckedIOException removedMeanwhile) {
            return bytesOf(directory);
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException removedMeanwhile) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
