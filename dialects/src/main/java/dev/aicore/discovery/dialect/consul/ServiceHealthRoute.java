package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.dialect.EncodedResponse;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Serves the most frequent read of Consul's clients on the hot path, also to those that wait for a change. */
final class ServiceHealthRoute implements HotRoute {

    private static final String PREFIX = "/v1/health/service/";

    /** Paths of the hot path: names without percent-encoded characters. */
    private static final Pattern PLAIN_PATH = Pattern.compile(PREFIX + "[A-Za-z0-9._-]+");

    private final ServiceReadController controller;

    ServiceHealthRoute(ServiceReadController controller) {
        this.controller = controller;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public String template() {
        return PREFIX + "{service_name}";
    }

    @Override
    public boolean matches(String path) {
        return PLAIN_PATH.matcher(path).matches();
    }

    @Override
    public Mono<EncodedResponse> respond(ServerHttpRequest request, Caller caller) {
        var service = request.getURI().getRawPath().substring(PREFIX.length());
        return EncodedResponse.of(controller.health(service, caller, request));
    }
}
