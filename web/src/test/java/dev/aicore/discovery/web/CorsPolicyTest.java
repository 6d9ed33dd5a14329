package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.settings.CorsSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

class CorsPolicyTest {

    @Test
    void varyHeader_setByHandler_isExtendedByOrigin() {
        var origins = new CorsPolicy(new CorsSettings(List.of("https://ui.example.org"), Duration.ofMinutes(10)));
        var response = new MockServerHttpResponse();

        origins.apply(
                MockServerHttpRequest.get("/")
                        .header("Origin", "https://ui.example.org")
                        .build(),
                response);
        response.getHeaders().set(HttpHeaders.VARY, "Accept-Datetime");
        response.setComplete().block();

        assertThat(response.getHeaders().getVary()).containsExactlyInAnyOrder("Accept-Datetime", "Origin");
    }
}
