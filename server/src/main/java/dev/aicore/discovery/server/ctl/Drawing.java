package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws how available a service was. */
@Command(
        name = "timeline",
        mixinStandardHelpOptions = true,
        description = "Draws how available a service was: instances as rows, status as colour.")
final class Drawing implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "SERVICE", description = "The service's name.")
    private String service = "";

    @Option(names = "--window", paramLabel = "TIME", defaultValue = "24h", description = "How long; ${DEFAULT-VALUE}.")
    private String window = "";

    @Option(names = "--at", paramLabel = "MOMENT", description = "Until then; now if absent.")
    private @Nullable String at;

    Drawing(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("window", window);
        parameters.put("at", at);
        var path = "/api/v1/services/" + Api.encode(service) + "/timeline.svg" + Api.query(parameters);
        var answer = session.api().get(path);
        if (session.options.json()) {
            session.screen.json(answer);
        } else {
            new Timeline(session.screen).draw(answer.path("data"));
        }
    }
}
