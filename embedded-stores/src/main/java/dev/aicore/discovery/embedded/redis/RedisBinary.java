package dev.aicore.discovery.embedded.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The server's program, which comes inside a library: one static file for each platform. */
final class RedisBinary {

    private static final String VERSION = "7.0.15";

    private RedisBinary() {}

    /**
     * The program as a file in that directory; written at the first start.
     *
     * @throws RedisStartException if there is none for this platform
     */
    static Path unpacked(Path directory) throws IOException {
        String name = "redis-server-" + VERSION + "-" + platform();
        Path program = directory.resolve(name);
        if (Files.isExecutable(program)) {
            return program;
        }
        try (InputStream packed = RedisBinary.class.getResourceAsStream("/" + name)) {
            if (packed == null) {
                throw new RedisStartException("There is no embedded Redis for this platform (" + name + ")");
            }
            // Under another name until it is whole: who sees the program sees all of it.
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
