package dev.aicore.discovery.bench.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM of a server that is measured: this one's, with the options of the launcher. */
public final class Jvm {

    private Jvm() {}

    /**
     * The command that runs a program.
     *
     * @param main the name of its class
     * @param more options of the JVM
     */
    public static List<String> running(String main, String classPath, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseG1GC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:G1PeriodicGCInterval=15000",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=10",
                "-XX:-G1UseAdaptiveIHOP",
                "-XX:InitiatingHeapOccupancyPercent=85",
                "-XX:TrimNativeHeapInterval=15000",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }
}
