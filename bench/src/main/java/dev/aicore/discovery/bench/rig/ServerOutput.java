package dev.aicore.discovery.bench.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** Reads the standard output of a server. */
public final class ServerOutput {

    private ServerOutput() {}

    /**
     * Returns the port that the server prints when it is ready.
     *
     * @param ready pattern of a line whose first group is the port
     * @throws IllegalStateException with the whole output, if the server ends before
     */
    public static int port(BufferedReader output, Pattern ready) throws IOException {
        var startOutput = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var found = ready.matcher(line);
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
            startOutput.append(line).append('\n');
        }
        throw new IllegalStateException("The server did not start:\n" + startOutput);
    }

    /**
     * Copies the further output to standard error, without stack traces. Unread output would eventually block the
     * server. A virtual thread would keep its carrier while it waits for a line; there are as few carriers as
     * processors.
     */
    public static void restOf(BufferedReader output) {
        Thread.ofPlatform().daemon().name("output").start(() -> {
            try {
                output.lines().filter(ServerOutput::isNoTrace).forEach(System.err::println);
            } catch (UncheckedIOException ended) {
                // The server has ended.
            }
        });
    }

    private static boolean isNoTrace(String line) {
        return !line.isBlank() && !Character.isWhitespace(line.charAt(0)) && !line.startsWith("Caused by");
    }
}
