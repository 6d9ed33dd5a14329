package dev.aicore.discovery.dialect.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Queries that wait for a store that doesn't answer. */
class PendingQueryLimitTest {

    private static final String NAME = "web.service.consul";
    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress TWO = InetAddress.ofLiteral("198.51.100.1");

    private final ZoneFixture zone = new ZoneFixture().stalled();
    private final List<Disposable> waiting = new ArrayList<>();
    private final List<Message> answers = new ArrayList<>();

    @AfterEach
    void stop() {
        waiting.forEach(Disposable::dispose);
    }

    private void ask(InetAddress source, int queries) {
        for (int i = 0; i < queries; i++) {
            waiting.add(zone.askLater(NAME, source).subscribe(answers::add));
        }
    }

    @Test
    void query_beyondTheLimitOfItsNetwork_isServfailAtOnce() {
        ask(ONE, ZoneFixture.MAX_PENDING_OF_NETWORK);
        assertThat(answers).isEmpty();

        ask(ONE, 1);
        assertThat(answers).extracting(Message::getRcode).containsExactly(Rcode.SERVFAIL);
        ask(TWO, 1);
        assertThat(answers).as("of another network").hasSize(1);
    }

    @Test
    void query_beyondTheLimitOfAllNetworks_isServfailAtOnce() {
        ask(ONE, ZoneFixture.MAX_PENDING_OF_NETWORK);
        ask(TWO, ZoneFixture.MAX_PENDING - ZoneFixture.MAX_PENDING_OF_NETWORK);
        assertThat(answers).isEmpty();

        ask(TWO, 1);
        assertThat(answers).extracting(Message::getRcode).containsExactly(Rcode.SERVFAIL);
    }

    @Test
    void place_isFreeAgainWhenItsQueryEnds() {
        ask(ONE, ZoneFixture.MAX_PENDING_OF_NETWORK);
        waiting.getFirst().dispose();

        ask(ONE, 1);
        assertThat(answers).isEmpty();
    }

    @Test
    void query_thatWaitsForTooLong_endsAndFreesItsPlace() {
        var limit = new PendingQueryLimit(1, 1, Duration.ofMillis(20));

        assertThat(limit.bound(ONE, Mono.never())
                        .thenReturn("answer")
                        .onErrorReturn("failure")
                        .block())
                .isEqualTo("failure");
        assertThat(limit.bound(ONE, Mono.just("answer")).block()).isEqualTo("answer");
    }
}
