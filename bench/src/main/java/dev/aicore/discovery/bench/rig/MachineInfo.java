package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.springframework.boot.SpringBootVersion;

/** Describes the machine that is measured on. */
public final class MachineInfo {

    private MachineInfo() {}

    /** Returns the machine and the versions in one line. */
    public static String words() {
        return "%s, %d cores; %s %s; JDK %s; Spring Boot %s; Axon %s; PostgreSQL 18, every commit synced; everything on this machine"
                .formatted(
                        first(Path.of("/proc/cpuinfo"), "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        SpringBootVersion.getVersion(),
                        EmbeddedEventStore.class.getPackage().getImplementationVersion());
    }

    /** Returns the load average of the last minute; "?" if it is unknown. */
    public static String loadAverage() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        } catch (IOException e) {
            return "?";
        }
    }

    private static String first(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
