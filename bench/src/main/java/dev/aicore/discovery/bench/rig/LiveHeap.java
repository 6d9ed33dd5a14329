package dev.aicore.discovery.bench.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Measures the live heap of another JVM of the same user. */
public final class LiveHeap {

    /** Last line of the histogram: number of objects and of bytes. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private LiveHeap() {}

    /**
     * Triggers a garbage collection and returns the bytes of live objects.
     *
     * @throws IllegalStateException if the JVM doesn't report them
     */
    public static long bytes(ProcessHandle process) throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        "" + process.pid(),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var output = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
        jcmd.waitFor();
        return parse(output);
    }

    static long parse(String histogram) {
        var total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("The JVM reported no live heap:\n" + histogram);
        }
        return Long.parseLong(total.group(1));
    }
}
