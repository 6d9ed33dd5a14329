package dev.aicore.discovery.query.planned;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.query.planned.PlannedRoutes.PlannedRoute;
import java.lang.reflect.Method;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/**
 * Answers the planned routes. They stand among the controllers' own, so that a wrong method is told the right ones, and a path
 * that is built with one method and planned with another is one path.
 */
@Configuration(proxyBeanMethods = false)
public class PlannedConfiguration {

    @Bean
    InitializingBean plannedRoutes(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        Method answer = ReflectionUtils.findMethod(Answering.class, "refuse");
        if (answer == null) {
            throw new IllegalStateException("The planned routes have no answer.");
        }
        return () -> PlannedRoutes.ALL.forEach(route -> mapping.registerMapping(
                RequestMappingInfo.paths(route.path())
                        .methods(RequestMethod.valueOf(route.method().name()))
                        .build(),
                new Answering(route),
                answer));
    }

    /** The answer of one route. */
    record Answering(PlannedRoute route) {
        @SuppressWarnings("unused") // by reflection
        Mono<Void> refuse() {
            return Mono.error(() -> new RegistryException(
                    ErrorCode.PLANNED,
                    route.purpose() + " This is planned and not built yet.",
                    new FieldError(
                            "path", "is not served by this version", route.method() + " " + route.path(), null)));
        }
    }
}
