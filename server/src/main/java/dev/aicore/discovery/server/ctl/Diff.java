package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Tells what is different between two moments. */
@Command(name = "diff", mixinStandardHelpOptions = true, description = "Tells what is different between two moments.")
final class Diff implements Runnable {

    private final Session session;

    @Option(names = "--from", required = true, paramLabel = "MOMENT", description = "The first one.")
    private String from = "";

    @Option(names = "--to", paramLabel = "MOMENT", description = "The second one; now if absent.")
    private @Nullable String to;

    @Option(names = "--service", paramLabel = "NAME", description = "Of one service.")
    private @Nullable String service;

    Diff(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("from", from);
        parameters.put("to", to);
        parameters.put("service_name", service);
        var answer = Pages.read(session.api(), "/api/v1/diff", parameters, "changes", Integer.MAX_VALUE);
        var table = new Table("KIND", "SERVICE", "ID", "FIELDS", "ACTORS", "LAST");
        for (var change : answer.at("/data/changes")) {
            table.add(
                    change.path("kind"),
                    change.path("service_name"),
                    change.path("id"),
                    fields(change.path("fields")),
                    change.path("actors"),
                    Shown.what(change.path("last")));
        }
        session.show(answer, table, "Nothing is different.");
    }

    private static String fields(JsonNode fields) {
        return fields.valueStream()
                .map(field -> field.path("field").asString() + ": " + Shown.value(field.path("from")) + " to "
                        + Shown.value(field.path("to")))
                .collect(Collectors.joining(", "));
    }
}
