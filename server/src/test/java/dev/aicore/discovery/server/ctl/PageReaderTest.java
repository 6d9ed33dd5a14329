package dev.aicore.discovery.server.ctl;

import static dev.aicore.discovery.server.ctl.CtlServer.ctl;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageReaderTest {

    @Test
    void diffPages_useRangeOfFirstPage() {
        try (var registry = new StubRegistry(page("shop-1", "{\"next_cursor\":\"c1\"}"), page("shop-2", "{}"))) {
            var done = ctl(registry.environment(), "diff", "--from", "-15m").ok();

            assertThat(done.out()).contains("shop-1", "shop-2");
            assertThat(registry.asked)
                    .containsExactly(
                            "/api/v1/diff?from=-15m&limit=1000", "/api/v1/diff?from=5&to=9&limit=1000&cursor=c1");
        }
    }

    private static String page(String id, String meta) {
        return "{\"data\":{\"from\":{\"position\":5},\"to\":{\"position\":9},\"changes\":[{\"kind\":\"added\",\"id\":\""
                + id + "\"}]},\"meta\":" + meta + "}";
    }
}
