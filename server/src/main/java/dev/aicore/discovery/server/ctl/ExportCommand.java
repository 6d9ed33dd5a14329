package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.projection.bundle.Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code ctl export}: writes a bundle to a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an incident bundle: the state as of a point in time, and each fact until another.",
            "With --database-url or --data-dir: reads the database of a stopped server."
        })
final class ExportCommand implements Callable<Integer> {

    private final CtlContext ctlContext;

    @Parameters(paramLabel = "FILE", description = "File to write; an existing file is replaced.")
    private Path file = Path.of("");

    @Option(
            names = "--from",
            required = true,
            paramLabel = "MOMENT",
            description = "Start: an instant, a position, or -1h.")
    private String from = "";

    @Option(names = "--to", paramLabel = "MOMENT", description = "End; now if absent.")
    private @Nullable String to;

    @Mixin
    private OfflineProjections.DatabaseLocation databaseLocation = new OfflineProjections.DatabaseLocation();

    ExportCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public Integer call() throws Exception {
        var partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        // A bundle shows who did what from where, so only its owner may read it.
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (var out = Files.newOutputStream(partial)) {
                write(out);
            }
            var bundle = Bundle.open(partial);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
            writeSummary(bundle);
            return 0;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void write(OutputStream out) throws Exception {
        if (databaseLocation.isGiven()) {
            try (var offlineProjections = OfflineProjections.start(databaseLocation)) {
                offlineProjections.export(from, to, out);
            }
            return;
        }
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("from", from);
        parameters.put("to", to);
        try (var in = ctlContext.api().stream(
                "/api/v1/admin/export" + CtlHttpClient.query(parameters), "application/x-ndjson")) {
            in.transferTo(out);
        } catch (IOException cut) {
            throw new CtlException("The export was interrupted: " + cut.getMessage());
        }
    }

    private void writeSummary(Bundle bundle) throws IOException {
        var bundleHeader = bundle.header();
        ctlContext
                .terminal
                .out()
                .println(file + ": from position " + bundleHeader.from().position() + " ("
                        + bundleHeader.from().at() + ") to " + bundleHeader.to().position() + " ("
                        + bundleHeader.to().at() + "), " + bundle.rows() + " rows, " + bundle.facts() + " facts, "
                        + Files.size(file) + " bytes");
    }
}
