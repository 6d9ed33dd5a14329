package dev.aicore.discovery.server.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.server.support.SecretRedactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Implements {@code ctl support-bundle}: writes what a bug report needs to an archive. */
@Command(
        name = "support-bundle",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an archive for a bug report: status, settings, metrics, threads, the last log entries, versions.",
            "It contains no secrets, but names and addresses. Look through it before you share it."
        })
final class SupportBundleCommand implements Callable<Integer> {

    private static final String STATUS = "/api/v1/status";
    private static final String DIAGNOSTICS = "/api/v1/admin/diagnostics";

    /** Time of all entries: the files are named by what they contain, and the status has the time. */
    private static final FileTime EPOCH = FileTime.from(Instant.parse("1980-01-02T00:00:00Z"));

    private final CtlContext ctlContext;
    private final SecretRedactor redactor = new SecretRedactor(List.of());

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Archive to write; an existing one is replaced. Default: support-bundle.zip")
    private Path file = Path.of("support-bundle.zip");

    SupportBundleCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public Integer call() throws IOException {
        var entries = read();
        var partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            write(partial, entries);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
        ctlContext
                .terminal
                .out()
                .println(file + ": " + String.join(", ", entries.keySet()) + ", " + Files.size(file) + " bytes");
        return 0;
    }

    /** Returns the texts by their file names. The status is left out if it can't be read. */
    private Map<String, String> read() {
        var diagnostics = ctlContext.api().get(DIAGNOSTICS).path("data");
        var entries = new LinkedHashMap<String, String>();
        try {
            entries.put("status.json", ctlContext.api().readExact(STATUS, JsonPointer.compile("/data")));
        } catch (CtlException unavailable) {
            entries.put("status.txt", String.valueOf(unavailable.getMessage()));
        }
        entries.put(
                "versions.txt",
                diagnostics
                        .path("versions")
                        .propertyStream()
                        .map(version ->
                                version.getKey() + ": " + version.getValue().asString())
                        .collect(Collectors.joining("\n")));
        entries.put("settings.yaml", lines(diagnostics.path("settings"), "\n"));
        entries.put("metrics.txt", diagnostics.path("metrics").asString());
        entries.put("threads.txt", lines(diagnostics.path("threads"), "\n\n"));
        entries.put("log.txt", lines(diagnostics.path("log"), "\n"));
        return entries;
    }

    private static String lines(JsonNode texts, String separator) {
        return texts.valueStream().map(JsonNode::asString).collect(Collectors.joining(separator));
    }

    private void write(Path archive, Map<String, String> entries) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(archive), UTF_8)) {
            for (var entry : entries.entrySet()) {
                var header = new ZipEntry(entry.getKey());
                header.setLastModifiedTime(EPOCH);
                zip.putNextEntry(header);
                // The registry has removed its secrets; this also covers the status and a registry of another version.
                zip.write(redactor.redact(entry.getValue() + "\n").getBytes(UTF_8));
                zip.closeEntry();
            }
        }
    }
}
