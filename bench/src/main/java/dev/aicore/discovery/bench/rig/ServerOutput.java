package dev.aicore.discovery.bench.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** What a server says of itself on its standard output. */
public final class ServerOutput {

    private ServerOutput() {}

    /**
     * The port that it names when it is ready.
     *
     * @param ready a line whose first group is the port
     * @throws IllegalStateException with all that it said, if it ends before
     */
    public static int port(BufferedReader output, Pattern ready) throws IOException {
        var said = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var found = ready.matcher(line);
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("The server did not start:\n" + said);
    }

    /**
     * Passes on what it says from now on, without the traces of stacks, to standard error. Unread, it would sooner or later stop the
     * server.
     */
    public static void restOf(BufferedReader output) {
        Thread.ofVirtual().start(() -> {
            try {
                output.lines().filter(ServerOutput::isNoTrace).forEach(System.err::println);
            } catch (UncheckedIOException ended) {
                // Together with the server.
            }
        });
    }

    private static boolean isNoTrace(String line) {
        return !line.isBlank() && !Character.isWhitespace(line.charAt(0)) && !line.startsWith("Caused by");
    }
}
