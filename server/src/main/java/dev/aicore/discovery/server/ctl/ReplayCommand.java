package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.config.settings.InvalidSettingException;
import dev.aicore.discovery.projection.bundle.Bundle;
import dev.aicore.discovery.server.whatif.WhatIf;
import dev.aicore.discovery.server.whatif.WhatIf.TooManyChangesException;
import dev.aicore.discovery.server.whatif.WhatIfPicture;
import dev.aicore.discovery.server.whatif.WhatIfResult;
import dev.aicore.discovery.server.whatif.WhatIfResult.ServiceReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code ctl replay}: serves a bundle, or decides its observations again under other settings. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Serves reads from a bundle on a port until it is stopped: any `at` within the bundle, no writes.",
            "With --set or --picture, decides the recorded observations again instead, and shows who would have been"
                    + " discovered when, beside what happened."
        })
final class ReplayCommand implements Callable<Integer> {

    private final CtlContext ctlContext;

    @Parameters(paramLabel = "FILE", description = "Bundle file.")
    private Path file = Path.of("");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port on 127.0.0.1. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Decide under this value of a setting, such as registry.discovery.panic_threshold=0.5. May be"
                    + " given several times.")
    private List<String> assignments = List.of();

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Write the comparison to this file, as SVG. Without --set, under the recorded settings.")
    private @Nullable Path picture;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "Compare from here on, such as 2026-11-28T01:04:49Z. Default: the start of the bundle.")
    private @Nullable String from;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Show only this service. May be given several times.")
    private List<String> services = List.of();

    @Option(
            names = "--rows",
            paramLabel = "NUMBER",
            defaultValue = "100",
            description = "Maximum number of rows of each table. Default: ${DEFAULT-VALUE}")
    private int rows;

    ReplayCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public Integer call() throws Exception {
        if (!assignments.isEmpty() || picture != null) {
            return compare(Bundle.open(file));
        }
        if (from != null || !services.isEmpty()) {
            throw new UsageException("--from and --service need --set or --picture.");
        }
        return serve(Bundle.open(file));
    }

    private int serve(Bundle bundle) throws Exception {
        try (var bundleReplay = BundleReplay.start(bundle, port)) {
            var bundleHeader = bundle.header();
            ctlContext
                    .terminal
                    .out()
                    .println("Replaying " + file + " on http://127.0.0.1:" + bundleReplay.port() + ": use at= from "
                            + bundleHeader.from().position() + " ("
                            + bundleHeader.from().at() + ") to "
                            + bundleHeader.to().position() + " ("
                            + bundleHeader.to().at() + "). Stop with Ctrl-C.");
            ctlContext.terminal.out().flush();
            bundleReplay.await();
            return 0;
        }
    }

    private int compare(Bundle bundle) throws IOException {
        var out = ctlContext.terminal.out();
        try {
            var begin = begin(bundle);
            var result = WhatIf.run(bundle, assignments, begin);
            var shown = shown(result);
            if (!assignments.isEmpty()) {
                var own = WhatIf.run(bundle, List.of(), begin);
                out.println("Check under the recorded settings: " + WhatIfReport.decisions(own) + ".");
            }
            new WhatIfReport(result, shown, rows).print(out);
            if (picture != null) {
                Files.writeString(picture, WhatIfPicture.draw(result, shown, "Under " + WhatIfReport.settings(result)));
                out.println();
                out.println("Picture: " + picture);
            }
            return 0;
        } catch (InvalidSettingException invalid) {
            throw new UsageException(String.valueOf(invalid.getMessage()));
        } catch (TooManyChangesException tooMany) {
            throw new CtlException(String.valueOf(tooMany.getMessage()));
        }
    }

    private @Nullable Instant begin(Bundle bundle) {
        if (from == null) {
            return null;
        }
        Instant begin;
        try {
            begin = Instant.parse(from);
        } catch (DateTimeParseException e) {
            throw new UsageException("--from: '" + from + "' is no instant, expected one such as 2026-11-28T01:04:49Z");
        }
        var header = bundle.header();
        if (begin.isBefore(header.from().at()) || begin.isAfter(header.to().at())) {
            throw new UsageException("--from: the bundle is from "
                    + header.from().at() + " to " + header.to().at() + ".");
        }
        return begin;
    }

    private List<ServiceReplay> shown(WhatIfResult result) {
        if (services.isEmpty()) {
            return result.services();
        }
        var known = result.services().stream().map(ServiceReplay::service).toList();
        for (var service : services) {
            if (!known.contains(service)) {
                throw new UsageException("--service: the bundle has no service '" + service + "'.");
            }
        }
        return result.services().stream()
                .filter(service -> services.contains(service.service()))
                .toList();
    }
}
