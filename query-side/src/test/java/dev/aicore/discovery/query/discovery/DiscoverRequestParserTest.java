package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.balancing.BalancingStrategy;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class DiscoverRequestParserTest {

    private final DiscoverRequestParser discoverRequestParser =
            new DiscoverRequestParser(BalancingStrategy.ROUND_ROBIN);

    @Test
    void parse_ofRepeatedQuery_returnsCachedRequest() {
        var query = "service_name=web&version=%5E1.2";

        assertThat(discoverRequestParser.of(request(query))).isSameAs(discoverRequestParser.of(request(query)));
    }

    @Test
    void cache_ofLongVersionRanges_isBoundedByParsedSize() {
        for (int i = 0; i < 2_000; i++) {
            discoverRequestParser.of(request("service_name=web&version=%3C" + (i + 2) + "+1".repeat(60)));
        }
        assertThat(discoverRequestParser.cacheSize()).isBetween(100L, 1_000L);
    }

    private static ServerHttpRequest request(String query) {
        return MockServerHttpRequest.method(HttpMethod.GET, URI.create("/api/v1/discover?" + query))
                .build();
    }
}
