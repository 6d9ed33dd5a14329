package dev.aicore.discovery.bench.discover;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The load generator wrk, in a process of its own: its one thread leaves the other core to the server. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern ERRORS =
            Pattern.compile("(?:Non-2xx or 3xx responses: |connect |read |write |timeout )(\\d+)");

    private final Path script;
    private final int connections;

    /** @param script in Lua, which says what to ask for */
    Wrk(Path script, int connections) {
        this.script = script;
        this.connections = connections;
    }

    /**
     * What a round came to.
     *
     * @param errors answers other than 2xx, and broken connections
     */
    record Round(double perSecond, double p50Millis, double p99Millis, long errors) {}

    /** @throws IllegalStateException if wrk isn't there, or says what nobody understands */
    Round run(int port, int seconds) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(
                            "wrk",
                            "-t1",
                            "-c" + connections,
                            "-d" + seconds + "s",
                            "--latency",
                            "-s" + script,
                            "http://127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            throw new IllegalStateException("This benchmark needs wrk, the load generator; install it.", absent);
        }
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("wrk failed:\n" + said);
        }
        return parse(said);
    }

    /** @throws IllegalStateException if a figure is missing */
    static Round parse(String said) {
        var errors = ERRORS.matcher(said);
        long count = 0;
        while (errors.find()) {
            count += Long.parseLong(errors.group(1));
        }
        return new Round(number(RATE, said), percentile(50, said), percentile(99, said), count);
    }

    private static double percentile(int percent, String said) {
        var line = Pattern.compile("\\b" + percent + "%\\s+([0-9.]+)(us|ms|s)").matcher(said);
        if (!line.find()) {
            throw new IllegalStateException("wrk didn't tell the " + percent + "th percentile:\n" + said);
        }
        double value = Double.parseDouble(line.group(1));
        return switch (line.group(2)) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            default -> value * 1_000;
        };
    }

    private static double number(Pattern pattern, String said) {
        var found = pattern.matcher(said);
        if (!found.find()) {
            throw new IllegalStateException("wrk didn't tell its rate:\n" + said);
        }
        return Double.parseDouble(found.group(1));
    }
}
