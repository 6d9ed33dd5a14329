package dev.aicore.discovery.bench.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Builds the command line of a measured server's JVM: this JVM, with the options of the launcher. */
public final class JvmCommand {

    /** System property of the launcher: the file with the JVM options of a registry. */
    private static final String OPTIONS = "bench.jvm-options";

    private JvmCommand() {}

    /**
     * Returns the command that runs a program.
     *
     * @param main name of the main class
     * @param more further JVM options
     */
    public static List<String> running(String main, String classPath, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Objects.requireNonNull(System.getProperty(OPTIONS), OPTIONS),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }
}
