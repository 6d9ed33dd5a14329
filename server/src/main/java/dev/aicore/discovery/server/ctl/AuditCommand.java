package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Implements {@code ctl audit}: prints the audit of services and instances. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Lists the changes of all services and configurations, with their actors.")
final class AuditCommand implements Runnable {

    private final CtlContext ctlContext;

    @Option(names = "--service", paramLabel = "NAME", description = "Only entries of this service.")
    private @Nullable String service;

    @Option(names = "--id", paramLabel = "ID", description = "Only entries of this instance.")
    private @Nullable String id;

    @Option(names = "--actor", paramLabel = "NAME", description = "Only entries whose actor is this principal.")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "WORD", description = "Only entries with this action. Repeatable.")
    private @Nullable List<String> action;

    @Option(names = "--type", paramLabel = "FACT", description = "Only facts of this type. Repeatable.")
    private @Nullable List<String> type;

    @Option(names = "--from", paramLabel = "MOMENT", description = "Start: an instant, a position, or -15m.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "MOMENT", description = "End: an instant, a position, or -15m.")
    private @Nullable String to;

    @Option(names = "--order", paramLabel = "ORDER", description = "asc or desc (newest first).")
    private @Nullable String order;

    @Option(
            names = "--limit",
            defaultValue = "100",
            description = "Maximum number of entries. Default: ${DEFAULT-VALUE}")
    private int limit;

    AuditCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("service_name", service);
        parameters.put("service_id", id);
        parameters.put("actor", actor);
        parameters.put("action", action);
        parameters.put("type", type);
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.put("order", order);
        var answer = PageReader.read(ctlContext.api(), "/api/v1/audit", parameters, "entries", Math.max(1, limit));
        var textTable = new TextTable("POSITION", "AT", "ACTION", "ID", "ACTOR", "WHAT");
        for (var entry : answer.at("/data/entries")) {
            textTable.add(
                    entry.path("position"),
                    entry.path("at"),
                    entry.path("action"),
                    entry.path("service_id"),
                    entry.path("actor"),
                    ResponseFormatter.summarize(entry));
        }
        ctlContext.show(answer, textTable, "Nothing.");
    }
}
