package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Implements {@code ctl services}: lists instances. */
@Command(
        name = "services",
        mixinStandardHelpOptions = true,
        description = "Lists instances, now or as of a point in time.")
final class ServicesCommand implements Runnable {

    private final CtlContext ctlContext;

    @Option(names = "--service", paramLabel = "NAME", description = "Only instances of this service.")
    private @Nullable String service;

    @Option(names = "--at", paramLabel = "MOMENT", description = "Point in time: an instant, a position, or -15m.")
    private @Nullable String at;

    ServicesCommand(CtlContext ctlContext) {
        this.ctlContext = ctlContext;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("service_name", service);
        parameters.put("at", at);
        var answer = PageReader.read(ctlContext.api(), "/api/v1/services", parameters, "services", Integer.MAX_VALUE);
        var textTable =
                new TextTable("SERVICE", "ID", "ADDRESS", "STATUS", "LEASE", "HEALTH", "WEIGHT", "VERSION", "OWNER");
        for (var instance : answer.at("/data/services")) {
            textTable.add(
                    instance.path("name"),
                    instance.path("id"),
                    ResponseFormatter.endpoint(instance),
                    instance.path("status"),
                    instance.path("lease"),
                    instance.path("health"),
                    instance.path("weight"),
                    instance.path("version"),
                    instance.path("owner"));
        }
        ctlContext.show(answer, textTable, "No instances exist.");
    }
}
