package dev.aicore.discovery.spring.configdata;

import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Watches of all imported configurations, while the application runs. */
final class ConfigurationWatches implements SmartLifecycle {
    private final List<ConfigurationWatch> watches;
    private volatile boolean running;

    ConfigurationWatches(List<ConfigurationWatch> watches) {
        this.watches = watches;
    }

    @Override
    public void start() {
        running = true;
        watches.forEach(ConfigurationWatch::start);
    }

    @Override
    public void stop() {
        running = false;
        watches.forEach(ConfigurationWatch::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }
}
