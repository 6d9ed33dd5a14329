package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.dialect.EncodedResponse;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Serves heartbeats on the hot path. */
final class EurekaRenewalRoute implements HotRoute {

    private static final String PREFIX = EurekaErrorFormat.PATH + "/apps/";
    private static final EncodedResponse RENEWED =
            new EncodedResponse(ResponseEntity.ok().build());

    /** Paths of the hot path: names and ids without percent-encoded characters. */
    private static final Pattern PLAIN_PATH = Pattern.compile(PREFIX + "([A-Za-z0-9._-]+)/([A-Za-z0-9._:@-]+)");

    private final EurekaWriteController controller;

    EurekaRenewalRoute(EurekaWriteController controller) {
        this.controller = controller;
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.PUT;
    }

    @Override
    public String template() {
        return PREFIX + "{app}/{id}";
    }

    @Override
    public boolean matches(String path) {
        return PLAIN_PATH.matcher(path).matches();
    }

    @Override
    public Set<String> accepted() {
        return EurekaApplicationRoute.ACCEPTED;
    }

    /** Returns false for a request with a body, which WebFlux discards. */
    @Override
    public boolean accepts(HttpHeaders headers) {
        return headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    @Override
    public Mono<EncodedResponse> respond(ServerHttpRequest request, Caller caller) {
        var path = request.getURI().getRawPath();
        int end = path.indexOf('/', PREFIX.length());
        var app = path.substring(PREFIX.length(), end);
        return controller.renew(app, path.substring(end + 1), caller, request).thenReturn(RENEWED);
    }
}
