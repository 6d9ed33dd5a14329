package dev.aicore.discovery.ui;

import dev.aicore.discovery.access.SessionService;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the web UI. The application must provide the web layer with its access control. */
@Configuration(proxyBeanMethods = false)
public class UiConfiguration {

    @Bean
    UiPageController uiPageController() {
        return new UiPageController(new UiFileLoader().load());
    }

    @Bean
    UiSessionController uiSessionController(SessionService sessions, TimeSource time) {
        return new UiSessionController(sessions, time);
    }
}
