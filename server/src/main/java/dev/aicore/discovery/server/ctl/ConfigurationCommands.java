package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonPointer;

/** Implements {@code ctl configurations}. */
@Command(
        name = "configurations",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows the configurations of services and their versions.")
final class ConfigurationCommands {

    private static final String PATH = "/api/v1/configurations/";
    private static final JsonPointer CONFIGURATION = JsonPointer.compile("/data/configuration");

    private final CtlContext ctlContext;

    ConfigurationCommands(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows the configuration of a service, now or as of a point in time.")
    void show(
            @Parameters(paramLabel = "SERVICE", description = "Name of the service.") String service,
            @Option(
                            names = "--at",
                            paramLabel = "MOMENT",
                            description = "Point in time: an instant, a position, or -15m.")
                    @Nullable
                    String at) {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("at", at);
        var path = PATH + CtlHttpClient.encode(service) + CtlHttpClient.query(parameters);
        ctlContext
                .terminal
                .out()
                .println(ctlContext
                        .api()
                        .readExact(path, ctlContext.commonOptions.json() ? JsonPointer.empty() : CONFIGURATION));
    }

    @Command(mixinStandardHelpOptions = true, description = "Lists the versions of a configuration, newest first.")
    void versions(@Parameters(paramLabel = "SERVICE", description = "Name of the service.") String service) {
        var answer = PageReader.read(
                ctlContext.api(),
                PATH + CtlHttpClient.encode(service) + "/versions",
                Map.of(),
                "versions",
                Integer.MAX_VALUE);
        var textTable = new TextTable("VERSION", "CREATED", "BY", "UNTIL", "REASON");
        for (var version : answer.at("/data/versions")) {
            textTable.add(
                    version.path("version"),
                    version.path("created_at"),
                    version.path("created_by"),
                    version.path("until"),
                    version.path("reason"));
        }
        ctlContext.show(answer, textTable, "No versions exist.");
    }
}
