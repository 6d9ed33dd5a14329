package dev.aicore.discovery.query.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.DiscoveryService.DiscoverResult;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.ApiResponse;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies that the serializer's output equals the mapper's. */
class DiscoverResultSerializerTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00.070Z");
    private static final List<InstanceView> SOME = Stream.of(
                    SampleInstance.of("web", "a").metadata(Map.of("k", "\"é\\\n𝄞")),
                    SampleInstance.of("web", "b").tags("x"),
                    SampleInstance.of("web", "c").expired())
            .map(SampleInstance::view)
            .toList();

    /** Result with the same shape, whose instances the mapper serializes. */
    record Shape(
            String serviceName, String strategy, int total, int healthy, boolean panic, List<InstanceView> services) {}

    static Stream<ApiResponse<Shape>> answers() {
        return Stream.of(SOME, SOME.subList(0, 1), List.<InstanceView>of())
                .map(services ->
                        ApiResponse.of(new Shape("web-1.a_b", "p2c", 12, 3, services.size() > 2, services), 0, AT))
                .flatMap(apiResponse -> Stream.of(
                        apiResponse,
                        apiResponse.changedAt(Long.MAX_VALUE),
                        apiResponse.withStaleness(Duration.ofMillis(1_234))));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void serializedResult_equalsMapperOutput(ApiResponse<Shape> apiResponse) {
        var shape = apiResponse.data();
        var result = new DiscoverResult(
                shape.serviceName(),
                shape.strategy(),
                shape.total(),
                shape.healthy(),
                shape.panic(),
                shape.services().stream().map(Candidate::new).toList());

        var written = new ByteArrayOutputStream();
        DiscoverResultSerializer.of(result, apiResponse.meta()).forEach(written::writeBytes);
        assertThat(written.toString(UTF_8)).isEqualTo(ApiJson.mapper().writeValueAsString(apiResponse));
    }
}
