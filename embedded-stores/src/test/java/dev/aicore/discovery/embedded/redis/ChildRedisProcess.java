package dev.aicore.discovery.embedded.redis;

import java.io.IOException;
import java.nio.file.Path;

/** Registry's Redis in a child process that a test can kill. */
final class ChildRedisProcess {

    private ChildRedisProcess() {}

    /** Starts the server, prints its process id, and waits until the process is killed or its input ends. */
    public static void main(String[] arguments) throws IOException {
        RedisServer server = RedisServer.start(Path.of(arguments[0]));
        System.out.println("pid " + server.pid());
        System.in.read();
        System.exit(0);
    }

    static Process start(Path dataDir) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildRedisProcess.class.getName(),
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
