package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Implements {@code ctl timeline}: draws the availability of a service. */
@Command(
        name = "timeline",
        mixinStandardHelpOptions = true,
        description = "Draws the availability of a service: instances as rows, status as colour.")
final class TimelineCommand implements Runnable {

    private final CtlContext ctlContext;

    @Parameters(paramLabel = "SERVICE", description = "Name of the service.")
    private String service = "";

    @Option(
            names = "--window",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "Length of the time window. Default: ${DEFAULT-VALUE}")
    private String window = "";

    @Option(names = "--at", paramLabel = "MOMENT", description = "End of the time window; now if absent.")
    private @Nullable String at;

    TimelineCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("window", window);
        parameters.put("at", at);
        var path =
                "/api/v1/services/" + CtlHttpClient.encode(service) + "/timeline.svg" + CtlHttpClient.query(parameters);
        var answer = ctlContext.api().get(path);
        if (ctlContext.commonOptions.json()) {
            ctlContext.terminal.json(answer);
        } else {
            new TimelineChart(ctlContext.terminal).draw(answer.path("data"));
        }
    }
}
