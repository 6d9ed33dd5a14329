package dev.aicore.discovery.embedded.redis;

import dev.aicore.discovery.embedded.redis.RedisServer.RedisStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** Unpacks the server's program from a library that contains one static file per platform. */
final class RedisBinary {

    private static final String VERSION = "7.0.15";

    private RedisBinary() {}

    /**
     * Returns the program as a file in that directory; writes it at the first start.
     *
     * @throws RedisStartException if there is no program for this platform
     */
    static Path unpackIfNeeded(Path directory) throws IOException {
        String name = "redis-server-" + VERSION + "-" + platform();
        Path program = directory.resolve(name);
        if (Files.isExecutable(program)) {
            return program;
        }
        try (InputStream packed = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (packed == null) {
                throw new RedisStartException("There is no embedded Redis for this platform (" + name + ")");
            }
            // Written under another name and renamed, so that the program is always complete.
            Path partial = directory.resolve(name + ".partial");
            Files.copy(packed, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwx------"));
            return Files.move(partial, program, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case String other -> other;
        };
        return system + "-" + machine;
    }
}
