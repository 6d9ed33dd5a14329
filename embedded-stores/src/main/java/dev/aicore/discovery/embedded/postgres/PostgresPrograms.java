package dev.aicore.discovery.embedded.postgres;

import dev.aicore.discovery.embedded.process.SetsidCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs PostgreSQL's programs as a user that they accept. */
final class PostgresPrograms {

    /** Maximum number of characters of a program's output in a message. */
    private static final int MAX_OUTPUT = 2_000;

    private final Path home;
    private final ServerUser user;

    /** @param home directory with {@code bin}, {@code lib}, {@code share} */
    PostgresPrograms(Path home, ServerUser user) {
        this.home = home;
        this.user = user;
    }

    /** Transfers the ownership of a file tree to the user that runs the programs. */
    void transferOwnership(Path tree) throws IOException {
        user.transferOwnership(tree);
    }

    /** Starts {@code postgres} in its own session, so that Ctrl-C in a terminal reaches only the registry. */
    Process start(List<String> arguments, Path directory, Path log) throws IOException {
        return builder(SetsidCommand.of(command("postgres", arguments)), directory)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * Runs a program and waits for its end.
     *
     * @return output of the program
     * @throws PostgresStartException if it failed or took longer than 90 s
     */
    String run(String program, List<String> arguments, Path directory, String input) throws InterruptedException {
        Path output = directory.resolve("." + program + ".out");
        try {
            Process process = builder(command(program, arguments), directory)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (var stdin = process.outputWriter()) {
                stdin.write(input);
            }
            boolean ended = process.waitFor(90, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String printed = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                throw new PostgresStartException(program + " failed: " + oneLine(printed));
            }
            return printed;
        } catch (IOException unstartable) {
            throw new PostgresStartException(program + " couldn't be run: " + unstartable.getMessage(), unstartable);
        } finally {
            output.toFile().delete();
        }
    }

    private List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    private static ProcessBuilder builder(List<String> command, Path directory) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        return builder;
    }

    /**
     * Returns the method of syncing files to disk after a crash: file by file, or by one system call where available.
     * With the thousand files of an empty server that is seconds against milliseconds of a restart.
     */
    static String syncMethod() {
        return System.getProperty("os.name").startsWith("Linux") ? "syncfs" : "fsync";
    }

    private static String oneLine(String printed) {
        String line = String.join(" ", printed.strip().lines().toList());
        return line.length() <= MAX_OUTPUT ? line : "…" + line.substring(line.length() - MAX_OUTPUT);
    }
}
