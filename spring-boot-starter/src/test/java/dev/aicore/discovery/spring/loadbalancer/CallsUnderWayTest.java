package dev.aicore.discovery.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.client.Pick;
import dev.aicore.discovery.spring.testing.ListedService;
import org.junit.jupiter.api.Test;

class CallsUnderWayTest {
    private final ListedService payments = new ListedService("payments").with("p1");
    private final CallsUnderWay calls = new CallsUnderWay();

    /** As after a timeout of a reactive caller: Spring Cloud reports no end. */
    @Test
    void call_whoseRequestIsGarbage_endsWithoutAnOutcome() {
        calls.begin(new Object(), payments.pick());
        do {
            System.gc();
            var request = new Object();
            calls.begin(request, payments.pick());
            calls.end(request, Pick::succeeded);
        } while (!payments.outcomes().contains("p1 discarded"));
        assertThat(calls.size()).isZero();
    }
}
