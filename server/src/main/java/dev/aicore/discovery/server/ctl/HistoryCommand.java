package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code ctl history}: prints the history of an instance. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Tells what happened to an instance, present or gone.")
final class HistoryCommand implements Runnable {

    private final CtlContext ctlContext;

    @Parameters(paramLabel = "ID", description = "The instance's id.")
    private String id = "";

    @Option(names = "--from", paramLabel = "MOMENT", description = "From then on.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "MOMENT", description = "Until then.")
    private @Nullable String to;

    @Option(names = "--limit", defaultValue = "1000", description = "How many at most; ${DEFAULT-VALUE}.")
    private int limit;

    HistoryCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("from", from);
        parameters.put("to", to);
        var path = "/api/v1/services/" + RegistryClient.encode(id) + "/history";
        var answer = PageReader.read(ctlContext.api(), path, parameters, "entries", Math.max(1, limit));
        var textTable = new TextTable("POSITION", "AT", "ACTION", "ACTOR", "WHAT");
        for (var entry : answer.at("/data/entries")) {
            textTable.add(
                    entry.path("position"),
                    entry.path("at"),
                    entry.path("action"),
                    entry.path("actor"),
                    ResponseFormatter.summarize(entry));
        }
        ctlContext.show(answer, textTable, "Nothing.");
    }
}
