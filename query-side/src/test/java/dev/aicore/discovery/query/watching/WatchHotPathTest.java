package dev.aicore.discovery.query.watching;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.CredentialValidity;
import dev.aicore.discovery.access.testing.BothHttpPaths;
import dev.aicore.discovery.access.testing.DeterministicTestConfiguration;
import dev.aicore.discovery.access.testing.DeterministicTestConfiguration.WebFluxWatch;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.QueryServer;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that streams begin and are refused alike in WebFlux and on the hot path. */
@Tag("integration")
class WatchHotPathTest {

    private static final String WATCH = "GET /api/v1/watch?service_name=web";
    private static final String NOBODY = "GET /api/v1/watch?service_name=%20";
    private static final String HTTP = " HTTP/1.1";
    private static final String HOST = "Host: localhost";
    private static final String CLOSE = "Connection: close";
    private static final String END_OF_EVENT = "\n\n";
    private static final String MOST = "--service-discovery.registry.watching.max-watchers=1";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final QueryServer fast = registry.another(DeterministicTestConfiguration.class, MOST);
    private final QueryServer plain =
            registry.another(DeterministicTestConfiguration.class, MOST, "--service-discovery.server.hot-path=false");
    private final BothHttpPaths paths = new BothHttpPaths(port(fast), port(plain), fast.bean(WebFluxWatch.class));

    @BeforeEach
    void fill() {
        var rows = registry.rows();
        rows.instance(SampleInstance.of("web", "w-1"), 3);
        rows.version(SampleInstance.of("web", "w-1"), 3, null, null);
        rows.instance(SampleInstance.of("web", "w-2"), 5);
        rows.version(SampleInstance.of("web", "w-2"), 5, null, null);
        rows.watermark("instances", 6);
    }

    @AfterEach
    void stop() {
        fast.close();
        plain.close();
    }

    @Test
    void hotPathStream_startsLikeWebFlux() {
        paths.assertEqualStreams(END_OF_EVENT, WATCH + HTTP, HOST);
        awaitNoWatchers();
        paths.assertEqualStreams(END_OF_EVENT, WATCH + HTTP, HOST, "Accept: text/event-stream");
        awaitNoWatchers();
        paths.assertEqualStreams(END_OF_EVENT, WATCH + "&last_event_id=4" + HTTP, HOST, "Accept: */*");
        awaitNoWatchers();
        paths.assertEqualStreams(END_OF_EVENT, WATCH + HTTP, HOST, "Last-Event-ID: 3", "X-Request-Id: mine-1");
        awaitNoWatchers();
        paths.assertEqualStreams(END_OF_EVENT, WATCH + "&service_name=db&last_event_id=6&snapshot_of=web" + HTTP, HOST);
    }

    @Test
    void hotPathStream_isRefusedLikeWebFlux() {
        for (var more :
                new String[] {"service_name=-", "snapshot_of=db", "last_event_id=-1", "last_event_id=99", "since=3"}) {
            paths.assertEqualAnswers(WATCH + "&" + more + HTTP, HOST, CLOSE);
            paths.assertEqualAnswers(NOBODY + "&" + more + HTTP, HOST, CLOSE);
        }
        paths.assertEqualAnswers(NOBODY + HTTP, HOST, CLOSE);
        paths.assertEqualAnswers("GET /api/v1/watch" + HTTP, HOST, CLOSE);
        paths.assertEqualAnswers(WATCH + HTTP, HOST, CLOSE, "Last-Event-ID: x");
        paths.assertEqualAnswers(WATCH + HTTP, "Host: evil.example", CLOSE);
    }

    @Test
    void hotPathStream_beyondWatcherLimit_isRefusedLikeWebFlux() {
        fast.bean(WatchHub.class).subscribe(List.of("web"), "here", CredentialValidity.UNLIMITED);
        plain.bean(WatchHub.class).subscribe(List.of("web"), "here", CredentialValidity.UNLIMITED);

        paths.assertEqualAnswers(WATCH + HTTP, HOST, CLOSE);
    }

    @Test
    void unusualWatchRequest_isPassedToWebFlux() {
        for (var accept : new String[] {"application/json", "nonsense"}) {
            paths.assertPassedToWebFlux(WATCH + HTTP, HOST, "Accept: " + accept, CLOSE);
        }
        paths.assertPassedToWebFlux("HEAD /api/v1/watch?service_name=%20" + HTTP, HOST, CLOSE);
        paths.assertPassedToWebFlux("POST /api/v1/watch?service_name=web" + HTTP, HOST, CLOSE);
    }

    private void awaitNoWatchers() {
        for (var server : new QueryServer[] {fast, plain}) {
            await().until(() -> server.bean(WatchHub.class).watcherCount() == 0);
        }
    }

    private static int port(QueryServer server) {
        return URI.create(server.address()).getPort();
    }
}
