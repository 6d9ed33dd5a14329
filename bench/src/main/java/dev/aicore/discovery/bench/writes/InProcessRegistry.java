package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs a registry in this process. */
public final class InProcessRegistry implements AutoCloseable {

    private static final String CHECKS = "--service-discovery.registry.health_checks.enabled=";

    private final ConfigurableApplicationContext context;

    private InProcessRegistry(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the command side alone, as the server runs it. */
    public static InProcessRegistry ofCommands(BenchPostgres benchPostgres, List<String> settings) {
        return run("command", benchPostgres, settings);
    }

    /** Starts all sides. */
    static InProcessRegistry ofAllSides(BenchPostgres benchPostgres, List<String> settings) {
        return run("all", benchPostgres, settings);
    }

    /** Returns the command gateway. */
    public CommandGateway commandGateway() {
        return context.getBean(CommandGateway.class);
    }

    /** Returns the maximum linger of a batch in milliseconds. */
    long windowMillis() {
        return context.getBean(WriteSettings.class).maxLinger().toMillis();
    }

    /** Returns the port of its routes, which is any free one. */
    int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    @Override
    public void close() {
        context.close();
    }

    private static InProcessRegistry run(String target, BenchPostgres benchPostgres, List<String> settings) {
        var arguments = new ArrayList<String>();
        arguments.add("--service-discovery.target=" + target);
        arguments.add("--service-discovery.server.port=0");
        arguments.add("--service-discovery.database.postgres.url="
                + benchPostgres.postgres().url());
        arguments.add("--service-discovery.monitoring.logging.level=warn");
        // No health checks: the instances' addresses don't exist, and another benchmark measures checks.
        if (settings.stream().noneMatch(setting -> setting.startsWith(CHECKS))) {
            arguments.add(CHECKS + "false");
        }
        arguments.addAll(settings);
        return new InProcessRegistry(ServiceDiscovery.application().run(arguments.toArray(String[]::new)));
    }
}
