package dev.aicore.discovery.bench.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The JVM of a server that is measured: this one's, with the options of the launcher. */
public final class JvmCommand {

    /** Told by the launcher: the file of options that it starts a registry with. */
    private static final String OPTIONS = "bench.jvm-options";

    private JvmCommand() {}

    /**
     * The command that runs a program.
     *
     * @param main the name of its class
     * @param more options of the JVM
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
