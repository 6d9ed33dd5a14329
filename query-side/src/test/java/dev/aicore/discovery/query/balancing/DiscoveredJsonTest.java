package dev.aicore.discovery.query.balancing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.snapshot.Candidate;
import dev.aicore.discovery.query.testing.Sample;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is put together by hand is what the mapper writes. */
class DiscoveredJsonTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00.070Z");
    private static final List<InstanceView> SOME = Stream.of(
                    Sample.of("web", "a").metadata(Map.of("k", "\"é\\\n𝄞")),
                    Sample.of("web", "b").tags("x"),
                    Sample.of("web", "c").expired())
            .map(Sample::view)
            .toList();

    /** The same shape, with instances that the mapper writes. */
    record Shape(
            String serviceName, String strategy, int total, int healthy, boolean panic, List<InstanceView> services) {}

    static Stream<Answer<Shape>> answers() {
        return Stream.of(SOME, SOME.subList(0, 1), List.<InstanceView>of())
                .map(services -> Answer.of(new Shape("web-1.a_b", "p2c", 12, 3, services.size() > 2, services), 0, AT))
                .flatMap(answer ->
                        Stream.of(answer, answer.changedAt(Long.MAX_VALUE), answer.stale(Duration.ofMillis(1_234))));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void isWhatTheMapperWrites(Answer<Shape> answer) {
        var shape = answer.data();
        var found = new Discovered(
                shape.serviceName(),
                shape.strategy(),
                shape.total(),
                shape.healthy(),
                shape.panic(),
                shape.services().stream().map(Candidate::new).toList());

        var written = new ByteArrayOutputStream();
        DiscoveredJson.of(found, answer.meta()).forEach(written::writeBytes);
        assertThat(written.toString(UTF_8)).isEqualTo(Json.mapper().writeValueAsString(answer));
    }
}
