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
        description = "Lists the changes of an instance, also of a removed one.")
final class HistoryCommand implements Runnable {

    private final CtlContext ctlContext;

    @Parameters(paramLabel = "ID", description = "Id of the instance.")
    private String id = "";

    @Option(names = "--from", paramLabel = "MOMENT", description = "Start: an instant, a position, or -15m.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "MOMENT", description = "End: an instant, a position, or -15m.")
    private @Nullable String to;

    @Option(
            names = "--limit",
            defaultValue = "1000",
            description = "Maximum number of entries. Default: ${DEFAULT-VALUE}")
    private int limit;

    HistoryCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("from", from);
        parameters.put("to", to);
        var path = "/api/v1/services/" + CtlHttpClient.encode(id) + "/history";
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
