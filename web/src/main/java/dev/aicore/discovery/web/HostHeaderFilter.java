package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Requires exactly one {@code Host} header, as RFC 9112, section 3.2, does. With two of them, each hop might use
 * another one. HTTP/1.0 requests may omit the header.
 */
public final class HostHeaderFilter implements WebFilter, Ordered {

    /** After {@link RequestIdFilter}, before authentication. */
    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 7;

    HostHeaderFilter() {}

    /**
     * Checks the header of a request.
     *
     * @throws RegistryException {@code bad_request} if the header is missing or repeated
     */
    public static void require(ServerHttpRequest request) {
        List<String> hosts = request.getHeaders().get(HttpHeaders.HOST);
        int count = hosts == null ? 0 : hosts.size();
        if (count == 1 || (count == 0 && isOfHttp10(request))) {
            return;
        }
        var problem = count == 0 ? "is missing" : "was sent " + count + " times";
        var given = hosts == null ? null : DisplayText.abbreviate(String.join(", ", hosts));
        throw new RegistryException(
                ErrorCode.BAD_REQUEST,
                "The header Host " + problem + ".",
                new FieldError(HttpHeaders.HOST, problem, given, "the requested host, exactly once"));
    }

    private static boolean isOfHttp10(ServerHttpRequest request) {
        Object received = ServerHttpRequestDecorator.getNativeRequest(request);
        return received instanceof HttpServerRequest http && http.version().equals(HttpVersion.HTTP_1_0);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        try {
            require(exchange.getRequest());
        } catch (RegistryException refusal) {
            return Mono.error(refusal);
        }
        return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
