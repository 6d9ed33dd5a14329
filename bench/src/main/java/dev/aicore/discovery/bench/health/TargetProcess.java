package dev.aicore.discovery.bench.health;

import dev.aicore.discovery.bench.rig.JvmCommand;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs a {@link TargetServer} as a child process. */
public record TargetProcess(Process process, List<Integer> http, List<Integer> tcp, List<Integer> silent)
        implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 30;
    private static final Pattern PORTS = Pattern.compile("targets HTTP=(\\S*) TCP=(\\S*) SILENT=(\\S*)");

    /**
     * Launches the process; returns once all its ports are open.
     *
     * @param http number of ports that answer HTTP
     * @param tcp number of ports that accept connections
     * @param silent number of ports that never answer
     */
    public static TargetProcess launch(int http, int tcp, int silent) throws IOException {
        var command = JvmCommand.running(TargetServer.class.getName(), System.getProperty("java.class.path"));
        command.addAll(List.of("" + http, "" + tcp, "" + silent));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var line = String.valueOf(process.inputReader().readLine());
        var ports = PORTS.matcher(line);
        if (!ports.matches()) {
            process.destroyForcibly();
            throw new IllegalStateException("The targets did not start: " + line);
        }
        return new TargetProcess(process, numbers(ports.group(1)), numbers(ports.group(2)), numbers(ports.group(3)));
    }

    /** Kills the process, as in a crash. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    private static List<Integer> numbers(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    }
}
