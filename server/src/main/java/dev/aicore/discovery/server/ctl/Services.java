package dev.aicore.discovery.server.ctl;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists instances. */
@Command(name = "services", mixinStandardHelpOptions = true, description = "Lists instances, now or at a moment.")
final class Services implements Runnable {

    private final Session session;

    @Option(names = "--service", paramLabel = "NAME", description = "Those of one service.")
    private @Nullable String service;

    @Option(names = "--at", paramLabel = "MOMENT", description = "An instant, a position, or -15m.")
    private @Nullable String at;

    Services(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("service_name", service);
        parameters.put("at", at);
        var answer = Pages.read(session.api(), "/api/v1/services", parameters, "services", Integer.MAX_VALUE);
        var table = new Table("SERVICE", "ID", "ADDRESS", "STATUS", "LEASE", "HEALTH", "WEIGHT", "VERSION", "OWNER");
        for (var instance : answer.at("/data/services")) {
            table.add(
                    instance.path("name"),
                    instance.path("id"),
                    Shown.endpoint(instance),
                    instance.path("status"),
                    instance.path("lease"),
                    instance.path("health"),
                    instance.path("weight"),
                    instance.path("version"),
                    instance.path("owner"));
        }
        session.show(answer, table, "No instance is there.");
    }
}
