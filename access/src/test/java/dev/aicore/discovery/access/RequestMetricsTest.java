package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests the metrics of requests: each request is counted, with labels that callers can't make up. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "spring.web.resources.add-mappings=false"
        })
class RequestMetricsTest {
    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    private WebTestClient client = WebTestClient.bindToServer().build();

    @BeforeEach
    void connect() {
        client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /things/, localhost, GET, /things/{number}, 200",
        "GET, /things/a, localhost, GET, /things/{number}, 400",
        "GET, /nowhere/, localhost, GET, none, 404",
        "DELETE, /things/, localhost, DELETE, none, 405",
        "BREW, /nowhere/, localhost, other, none, 404",
        "GET, /things/, evil.example, GET, none, 401"
    })
    void requests_areCountedByMethodRouteAndStatus(
            String method, String path, String host, String countedMethod, String route, String status) {
        double before = counted(countedMethod, route, status);
        long timedBefore = timed(countedMethod, route);
        for (int number = 0; number < 3; number++) {
            client.method(HttpMethod.valueOf(method))
                    .uri(path + number)
                    .header("Host", host)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(Integer.parseInt(status));
        }

        assertThat(counted(countedMethod, route, status) - before).isEqualTo(3);
        assertThat(timed(countedMethod, route) - timedBefore).isEqualTo(3);
        assertThat(Search.in(meters).name("service_discovery.requests").counters())
                .extracting(counter -> counter.getId().getTag("route"))
                .isSubsetOf("/things/{number}", "none");
    }

    private double counted(String method, String route, String status) {
        var counter = Search.in(meters)
                .name("service_discovery.requests")
                .tags("method", method, "route", route, "status", status)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private long timed(String method, String route) {
        var timer = Search.in(meters)
                .name("service_discovery.request.duration")
                .tags("method", method, "route", route)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
