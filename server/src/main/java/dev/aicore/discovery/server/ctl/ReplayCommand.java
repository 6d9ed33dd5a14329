package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.projection.bundle.Bundle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code ctl replay}: serves a bundle. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Serves reads from a bundle on a port until it is stopped: any `at` within the bundle, no writes.")
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

    ReplayCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public Integer call() throws Exception {
        var bundle = Bundle.open(file);
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
}
