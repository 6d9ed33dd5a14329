package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Implements {@code ctl diff}: prints the differences between two points in time. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Lists the differences between two points in time.")
final class DiffCommand implements Runnable {

    private final CtlContext ctlContext;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "MOMENT",
            description = "First point in time: an instant, a position, or -15m.")
    private String from = "";

    @Option(names = "--to", paramLabel = "MOMENT", description = "Second point in time; now if absent.")
    private @Nullable String to;

    @Option(names = "--service", paramLabel = "NAME", description = "Only differences of this service.")
    private @Nullable String service;

    DiffCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.put("service_name", service);
        var answer = PageReader.read(ctlContext.api(), "/api/v1/diff", parameters, "changes", Integer.MAX_VALUE);
        var textTable = new TextTable("KIND", "SERVICE", "ID", "FIELDS", "ACTORS", "LAST");
        for (var change : answer.at("/data/changes")) {
            textTable.add(
                    change.path("kind"),
                    change.path("service_name"),
                    change.path("id"),
                    fields(change.path("fields")),
                    change.path("actors"),
                    ResponseFormatter.summarize(change.path("last")));
        }
        ctlContext.show(answer, textTable, "No differences.");
    }

    private static String fields(JsonNode fields) {
        return fields.valueStream()
                .map(field -> field.path("field").asString() + ": " + ResponseFormatter.value(field.path("from"))
                        + " to " + ResponseFormatter.value(field.path("to")))
                .collect(Collectors.joining(", "));
    }
}
