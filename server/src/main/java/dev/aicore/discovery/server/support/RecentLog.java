package dev.aicore.discovery.server.support;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Makes the last entries of the log available as a bean, from the start of the application on. */
public final class RecentLog implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("recentLogAppender", RecentLogAppender.attach());
    }
}
