package dev.aicore.discovery.embedded.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that run in a session of their own, so that Ctrl-C in a terminal reaches the registry alone. */
public final class SetsidCommand {

    private SetsidCommand() {}

    /** The same command, in a session of its own where this system can do that. */
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
