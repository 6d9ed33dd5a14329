package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what happened to an instance. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Tells what happened to an instance, present or gone.")
final class History implements Runnable {

    private final Session session;

    @Parameters(paramLabel = "ID", description = "The instance's id.")
    private String id = "";

    @Option(names = "--from", paramLabel = "MOMENT", description = "From then on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "MOMENT", description = "Until then.")
    private @Nullable String to;

    @Option(names = "--limit", defaultValue = "1000", description = "How many at most; ${DEFAULT-VALUE}.")
    private int limit;

    History(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("from", from);
        parameters.put("to", to);
        var path = "/api/v1/services/" + Api.encode(id) + "/history";
        var answer = Pages.read(session.api(), path, parameters, "entries", Math.max(1, limit));
        var table = new Table("POSITION", "AT", "ACTION", "ACTOR", "WHAT");
        for (var entry : answer.at("/data/entries")) {
            table.add(
                    entry.path("position"),
                    entry.path("at"),
                    entry.path("action"),
                    entry.path("actor"),
                    Shown.what(entry));
        }
        session.show(answer, table, "Nothing.");
    }
}
