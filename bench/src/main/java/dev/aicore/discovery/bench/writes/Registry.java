package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A registry in this process. */
final class Registry implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Registry(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** The command side alone. */
    static Registry ofCommands(Store store, List<String> settings) {
        return run(
                new SpringApplication(CommandSide.class), store, settings, "--spring.main.web-application-type=none");
    }

    /** The server as it is, on any free port. */
    static Registry ofAllSides(Store store, List<String> settings) {
        return run(ServiceDiscovery.application(), store, settings, "--service-discovery.server.port=0");
    }

    Intake intake() {
        return context.getBean(Intake.class);
    }

    /** The longest that a write waits for others. */
    long windowMillis() {
        return context.getBean(WriteSettings.class).windowMax().toMillis();
    }

    /** The port of its routes, if it has any. */
    int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    @Override
    public void close() {
        context.close();
    }

    private static Registry run(SpringApplication application, Store store, List<String> settings, String... more) {
        var arguments = new ArrayList<>(List.of(more));
        arguments.add(
                "--service-discovery.database.postgres.url=" + store.postgres().url());
        arguments.add("--service-discovery.monitoring.logging.level=warn");
        arguments.addAll(settings);
        return new Registry(application.run(arguments.toArray(String[]::new)));
    }
}
