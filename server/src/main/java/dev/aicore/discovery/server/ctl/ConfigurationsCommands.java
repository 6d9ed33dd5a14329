package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonPointer;

/** What is about configurations of services. */
@Command(
        name = "configurations",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows configurations of services, and their versions.")
final class ConfigurationsCommands {

    private static final String PATH = "/api/v1/configurations/";
    private static final JsonPointer CONFIGURATION = JsonPointer.compile("/data/configuration");

    private final Session session;

    ConfigurationsCommands(Session session) {
        this.session = session;
    }

    @Command(mixinStandardHelpOptions = true, description = "Shows a service's configuration, now or at a moment.")
    void show(
            @Parameters(paramLabel = "SERVICE", description = "The service's name.") String service,
            @Option(names = "--at", paramLabel = "MOMENT", description = "An instant, a position, or -15m.") @Nullable
                    String at) {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("at", at);
        var path = PATH + Api.encode(service) + Api.query(parameters);
        session.screen
                .out()
                .println(session.api().exact(path, session.options.json() ? JsonPointer.empty() : CONFIGURATION));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists its versions, the newest first.")
    void versions(@Parameters(paramLabel = "SERVICE", description = "The service's name.") String service) {
        var answer = Pages.read(
                session.api(), PATH + Api.encode(service) + "/versions", Map.of(), "versions", Integer.MAX_VALUE);
        var table = new Table("VERSION", "CREATED", "BY", "UNTIL", "REASON");
        for (var version : answer.at("/data/versions")) {
            table.add(
                    version.path("version"),
                    version.path("created_at"),
                    version.path("created_by"),
                    version.path("until"),
                    version.path("reason"));
        }
        session.show(answer, table, "There are none.");
    }
}
