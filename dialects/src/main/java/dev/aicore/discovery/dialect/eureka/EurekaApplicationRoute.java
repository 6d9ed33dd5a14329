package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.dialect.EncodedResponse;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Serves reads of one application on the hot path. */
final class EurekaApplicationRoute implements HotRoute {

    /** Values of the {@code Accept} header that Eureka's clients send. */
    static final Set<String> ACCEPTED = Set.of(
            "application/json",
            "application/json, application/*+json",
            "application/json,application/*+json",
            "application/xml",
            "*/*");

    private static final String PREFIX = EurekaErrorFormat.PATH + "/apps/";

    /** Paths of the hot path: names without percent-encoded characters. The delta is another route. */
    private static final Pattern PLAIN_PATH = Pattern.compile(PREFIX + "(?!delta$)[A-Za-z0-9._-]+");

    private final EurekaReadController controller;

    EurekaApplicationRoute(EurekaReadController controller) {
        this.controller = controller;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public String template() {
        return PREFIX + "{app}";
    }

    @Override
    public boolean matches(String path) {
        return PLAIN_PATH.matcher(path).matches();
    }

    @Override
    public Set<String> accepted() {
        return ACCEPTED;
    }

    @Override
    public Mono<EncodedResponse> respond(ServerHttpRequest request, Caller caller) {
        var app = request.getURI().getRawPath().substring(PREFIX.length());
        return EncodedResponse.of(controller.application(app, caller, request));
    }
}
