package dev.aicore.discovery.config.access;

import dev.aicore.discovery.config.metrics.MetricsConfiguration;
import dev.aicore.discovery.config.settings.InvalidSetting;
import dev.aicore.discovery.config.web.WebConfiguration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.WebFilter;

/** The web with its gate closed: whatever serves HTTP imports this one, which brings {@link WebConfiguration} and the meters. */
@Configuration(proxyBeanMethods = false)
@Import({WebConfiguration.class, MetricsConfiguration.class})
public class AccessConfiguration {
    /** The property that names the environment; without it, {@code development}. */
    public static final String ENVIRONMENT = "service-discovery.environment";

    /** As the file of settings writes it. */
    static final String UNGUARDED_KEY = "auth.anonymous_admin_for_everyone_who_can_connect";

    static final String UNGUARDED = "service-discovery.auth.anonymous-admin-for-everyone-who-can-connect";

    @Bean
    static BindAddress bindAddress() {
        return new BindAddress();
    }

    @Bean
    RequestGuard requestGuard(Environment environment, BindAddress bound) {
        boolean development = "development".equals(environment.getProperty(ENVIRONMENT, "development"));
        if (!environment.getProperty(UNGUARDED, Boolean.class, false)) {
            return new LoopbackGuard(() -> development && bound.isLoopback());
        }
        if (!development) {
            throw InvalidSetting.of(UNGUARDED_KEY, true, "false, unless environment is development");
        }
        return new UnguardedGate();
    }

    @Bean
    GateNotice gateNotice(RequestGuard guard) {
        return new GateNotice(guard);
    }

    @Bean
    Gate gate(RequestGuard guard) {
        return new Gate(guard);
    }

    @Bean
    WebFilter guardFilter(Gate gate) {
        return new GuardFilter(gate);
    }

    /** On some platforms Spring Boot believes X-Forwarded-For unasked, and anyone could then claim to be on loopback. */
    @Bean
    NettyServerCustomizer connectionAddressesOnly() {
        return server -> server.forwarded(false);
    }

    @Bean
    WebFluxConfigurer callerArguments() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
                resolvers.addCustomResolver(new CallerArgument());
            }
        };
    }
}
