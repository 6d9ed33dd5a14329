package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/** A registry in this process. */
public final class Registry implements AutoCloseable {

    private static final String CHECKS = "--service-discovery.registry.health_checks.enabled=";

    private final ConfigurableApplicationContext context;

    private Registry(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** The command side alone, as the server runs it. */
    public static Registry ofCommands(Store store, List<String> settings) {
        return run("command", store, settings);
    }

    /** All sides. */
    static Registry ofAllSides(Store store, List<String> settings) {
        return run("all", store, settings);
    }

    /** Where its writes come in. */
    public Intake intake() {
        return context.getBean(Intake.class);
    }

    /** The longest that a write waits for others. */
    long windowMillis() {
        return context.getBean(WriteSettings.class).windowMax().toMillis();
    }

    /** The port of its routes, which is any free one. */
    int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    @Override
    public void close() {
        context.close();
    }

    private static Registry run(String target, Store store, List<String> settings) {
        var arguments = new ArrayList<String>();
        arguments.add("--service-discovery.target=" + target);
        arguments.add("--service-discovery.server.port=0");
        arguments.add(
                "--service-discovery.database.postgres.url=" + store.postgres().url());
        arguments.add("--service-discovery.monitoring.logging.level=warn");
        // Nobody answers where the instances say they are. What checks cost is another benchmark's.
        if (settings.stream().noneMatch(setting -> setting.startsWith(CHECKS))) {
            arguments.add(CHECKS + "false");
        }
        arguments.addAll(settings);
        return new Registry(ServiceDiscovery.application().run(arguments.toArray(String[]::new)));
    }
}
