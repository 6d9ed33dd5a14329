package dev.aicore.discovery.server.support;

import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.config.settings.SettingsListing;
import dev.aicore.discovery.config.telemetry.PrometheusExporter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;

/** Assembles the diagnostics of this process. Blocks. */
final class DiagnosticsAssembler {

    private static final int MAX_THREADS = 1_000;
    private static final int MAX_FRAMES = 60;
    private static final String UNKNOWN = "unknown";

    private final NodeInfo nodeInfo;
    private final SettingsListing settings;
    private final @Nullable PrometheusExporter metrics;
    private final DataSource database;
    private final RecentLogAppender log;
    private final SecretRedactor redactor;

    /** @param metrics null if metrics are disabled */
    DiagnosticsAssembler(
            NodeInfo nodeInfo,
            SettingsListing settings,
            @Nullable PrometheusExporter metrics,
            DataSource database,
            RecentLogAppender log) {
        this.nodeInfo = nodeInfo;
        this.settings = settings;
        this.metrics = metrics;
        this.database = database;
        this.log = log;
        this.redactor = new SecretRedactor(settings.secrets());
    }

    /** Returns the present diagnostics, also while the database is unavailable. */
    DiagnosticsView assemble() {
        return new DiagnosticsView(
                versions(),
                redacted(settings.lines()),
                metrics == null ? "" : redactor.redact(metrics.scrape()),
                redacted(threads()),
                redacted(log.entries()));
    }

    private Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        versions.put("registry", nodeInfo.version());
        versions.put("java", System.getProperty("java.vm.name", "") + ' ' + Runtime.version());
        versions.put(
                "os",
                String.join(
                        " ",
                        System.getProperty("os.name", ""),
                        System.getProperty("os.version", ""),
                        System.getProperty("os.arch", "")));
        versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        versions.put("max_heap_bytes", Long.toString(Runtime.getRuntime().maxMemory()));
        versions.put(
                "collectors",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(collector -> collector.getName())
                        .collect(Collectors.joining(", ")));
        versions.put("spring_boot", SpringBootVersion.getVersion());
        versions.put("spring", orUnknown(SpringVersion.getVersion()));
        versions.put("axon", orUnknown(EventMessage.class.getPackage().getImplementationVersion()));
        versions.put("postgres", databaseVersion());
        return versions;
    }

    private String databaseVersion() {
        try (var connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            return redactor.redact("unavailable: " + e.getMessage());
        }
    }

    private static List<String> threads() {
        var threads = ManagementFactory.getThreadMXBean().dumpAllThreads(false, false, MAX_FRAMES);
        return Arrays.stream(threads)
                .limit(MAX_THREADS)
                .map(DiagnosticsAssembler::describe)
                .toList();
    }

    private static String describe(ThreadInfo thread) {
        var text = new StringBuilder("\"" + thread.getThreadName() + "\" " + thread.getThreadState());
        var lock = thread.getLockName();
        if (lock != null) {
            text.append(" on ").append(lock);
        }
        var owner = thread.getLockOwnerName();
        if (owner != null) {
            text.append(" held by \"").append(owner).append('"');
        }
        for (var frame : thread.getStackTrace()) {
            text.append("\n    at ").append(frame);
        }
        return text.toString();
    }

    private List<String> redacted(List<String> texts) {
        return texts.stream().map(redactor::redact).toList();
    }

    private static String orUnknown(@Nullable String version) {
        return version == null ? UNKNOWN : version;
    }
}
