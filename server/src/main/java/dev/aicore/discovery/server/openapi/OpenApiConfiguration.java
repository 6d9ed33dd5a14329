package dev.aicore.discovery.server.openapi;

import dev.aicore.discovery.api.status.NodeInfo;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/** Serves the document at {@code /openapi} and {@code /openapi.yaml}, and an interactive page at {@code /docs}. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

    @Bean
    OpenApiCustomizer registryApi(NodeInfo nodeInfo) {
        return served -> {
            var document = ApiDocument.read(nodeInfo.version());
            served.info(document.getInfo())
                    .tags(document.getTags())
                    .paths(document.getPaths())
                    .components(document.getComponents());
        };
    }

    @Bean
    WebFilter blockingRouteFilter() {
        return new BlockingRouteFilter();
    }
}
