package dev.aicore.discovery.embedded.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Wraps commands so that they run in their own session and Ctrl-C in a terminal reaches only the registry. */
public final class SetsidCommand {

    private SetsidCommand() {}

    /** Returns the command with {@code setsid} in front; unchanged if the system lacks it. */
    public static List<String> of(List<String> command) {
        List<String> all = new ArrayList<>();
        if (isOnPath("setsid")) {
            all.add("setsid");
        }
        all.addAll(command);
        return all;
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String directory : path.split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
