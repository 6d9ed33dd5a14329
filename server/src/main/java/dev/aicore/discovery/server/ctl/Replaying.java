package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.projection.bundle.Bundle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers from a bundle. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Answers reads from a bundle on a port, until it is stopped: any `at` within the bundle, no writes.")
final class Replaying implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The bundle.")
    private Path file = Path.of("");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Where to listen on 127.0.0.1; ${DEFAULT-VALUE}.")
    private int port;

    Replaying(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        var bundle = Bundle.open(file);
        try (var replay = Replay.start(bundle, port)) {
            var header = bundle.header();
            session.screen
                    .out()
                    .println("Replaying " + file + " on http://127.0.0.1:" + replay.port() + ": ask with at= from "
                            + header.from().position() + " (" + header.from().at() + ") to "
                            + header.to().position() + " (" + header.to().at() + "). Ctrl-C ends it.");
            session.screen.out().flush();
            replay.await();
            return 0;
        }
    }
}
