package dev.aicore.discovery.bench.soak;

import dev.aicore.discovery.bench.rig.CommandLineArguments;
import dev.aicore.discovery.bench.rig.CommandLineArguments.BenchUsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Command line of the soak.
 *
 * @param duration duration of the load, including the warm-up
 * @param round duration between two samples
 * @param perSecond heartbeats per second, of as many instances
 * @param picture SVG file to write
 */
record SoakOptions(Duration duration, Duration round, int perSecond, Optional<Path> picture) {

    private static final Duration USUAL = Duration.ofMinutes(60);
    private static final int USUAL_PER_SECOND = 10_000;
    private static final int SAMPLES = 120;
    private static final Duration MIN_ROUND = Duration.ofSeconds(5);

    /**
     * Parses the command line.
     *
     * @throws BenchUsageException if an argument is unknown or invalid
     */
    static SoakOptions parse(String... arguments) {
        var duration = USUAL;
        int perSecond = USUAL_PER_SECOND;
        Optional<Path> picture = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--minutes" -> duration = Duration.ofMinutes(CommandLineArguments.number(arguments, ++i));
                case "--heartbeats" -> perSecond = CommandLineArguments.number(arguments, ++i);
                case "--picture" -> picture = Optional.of(Path.of(CommandLineArguments.file(arguments, ++i)));
                default ->
                    throw new BenchUsageException("'" + arguments[i]
                            + "' is not an option, expected --minutes N, --heartbeats N, --picture FILE.");
            }
        }
        var round = duration.dividedBy(SAMPLES);
        return new SoakOptions(duration, round.compareTo(MIN_ROUND) < 0 ? MIN_ROUND : round, perSecond, picture);
    }

    /** Describes the required time and disk space. */
    String needs() {
        return "Takes %d min and up to 2 GB below %s, which are freed at the end."
                .formatted(duration.toMinutes() + 1, Path.of(System.getProperty("java.io.tmpdir")));
    }
}
