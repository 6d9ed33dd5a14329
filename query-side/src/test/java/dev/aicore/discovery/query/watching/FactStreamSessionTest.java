package dev.aicore.discovery.query.watching;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import dev.aicore.discovery.query.watching.FactPageReader.FactPage;
import dev.aicore.discovery.query.watching.FactPageReader.StoredFact;
import dev.aicore.discovery.query.watching.FactStreamSession.Form;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Tests the events that a session sends over time. */
class FactStreamSessionTest {

    private static final Form WORDS = new Form() {
        @Override
        public byte[] fact(StoredFact fact) {
            return ("fact " + fact.position()).getBytes(UTF_8);
        }

        @Override
        public List<byte[]> mark(String name, long position) {
            return List.of((name + " " + position).getBytes(UTF_8));
        }
    };

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final List<String> told = new ArrayList<>();
    private long last;
    private boolean away;
    private Duration delay = Duration.ZERO;

    @Test
    void quietStream_sendsPeriodicBookmarkWithPosition() {
        last = 2;
        begin();
        pass(FactStreamSession.BOOKMARK_INTERVAL);
        last = 0;
        pass(FactStreamSession.BOOKMARK_INTERVAL);

        assertThat(told).containsExactly("fact 1", "fact 2", "caught-up 2", "bookmark 2", "bookmark 2");
    }

    @Test
    void bookmarks_duringStoreOutage_continue() {
        last = 1;
        begin();
        pass(Duration.ofSeconds(10));
        away = true;
        pass(Duration.ofSeconds(5));
        assertThat(told).containsExactly("fact 1", "caught-up 1", "bookmark 1");
        pass(FactStreamSession.BOOKMARK_INTERVAL);
        assertThat(told).endsWith("bookmark 1", "bookmark 1");

        away = false;
        last = 2;
        pass(Duration.ofSeconds(3));
        assertThat(told).endsWith("bookmark 1", "fact 2");
    }

    @Test
    void lateRead_isRepeated() {
        last = 1;
        begin();
        last = 2;
        delay = FactStreamSession.BOOKMARK_INTERVAL.plusSeconds(1);
        pass(FactStreamSession.BOOKMARK_INTERVAL);
        delay = Duration.ZERO;
        pass(Duration.ofSeconds(2));

        assertThat(told).containsExactly("fact 1", "caught-up 1", "bookmark 1", "fact 2");
    }

    private void begin() {
        var stream = new FactStreamSession(this::page, WORDS, 0, true, () -> false, time, scheduler);
        stream.begin().subscribe(batch -> take(stream, batch));
    }

    private void take(FactStreamSession stream, List<byte[]> batch) {
        batch.forEach(bytes -> told.add(new String(bytes, UTF_8)));
        stream.next().subscribe(next -> take(stream, next));
    }

    private Mono<PositionedResult<FactPage>> page(long behind) {
        return Mono.defer(() -> away
                ? Mono.error(new RegistryException(ErrorCode.STORE_UNAVAILABLE, "It is away."))
                : delay.isZero()
                        ? Mono.just(found(behind))
                        : Mono.just(found(behind)).delayElement(delay, scheduler));
    }

    private PositionedResult<FactPage> found(long behind) {
        var facts = LongStream.rangeClosed(behind + 1, last)
                .mapToObj(position -> new StoredFact(
                        position,
                        time.now(),
                        "InstanceUpdated",
                        1,
                        0,
                        null,
                        ApiJson.mapper().createObjectNode(),
                        null))
                .toList();
        return new PositionedResult<>(new FactPage(facts, false), last);
    }

    private void pass(Duration duration) {
        for (var step = Duration.ofMillis(50);
                !duration.isNegative() && !duration.isZero();
                duration = duration.minus(step)) {
            time.pass(step);
            scheduler.advance(step);
        }
    }
}
