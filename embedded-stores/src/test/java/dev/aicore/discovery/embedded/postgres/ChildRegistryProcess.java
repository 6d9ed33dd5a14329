package dev.aicore.discovery.embedded.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** Registry in a child process that a test can kill. */
final class ChildRegistryProcess {

    private ChildRegistryProcess() {}

    /** Starts the server, prints its process id, and waits until the process is killed or its input ends. */
    public static void main(String[] arguments) throws IOException {
        PostgresServer server = PostgresServer.start(Path.of(arguments[0]));
        System.out.println("pid " + server.pid());
        System.in.read();
        System.exit(0);
    }

    static Process start(Path dataDir) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildRegistryProcess.class.getName(),
                        dataDir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static long awaitPid(Process registry) throws IOException {
        for (String line = registry.inputReader().readLine();
                line != null;
                line = registry.inputReader().readLine()) {
            if (line.startsWith("pid ")) {
                return Long.parseLong(line.substring(4));
            }
        }
        throw new IOException("the registry ended");
    }
}
