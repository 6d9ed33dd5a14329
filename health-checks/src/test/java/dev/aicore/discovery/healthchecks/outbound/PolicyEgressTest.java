package dev.aicore.discovery.healthchecks.outbound;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Mono;

class PolicyEgressTest {

    static final List<String> ADDRESSES = DeniedTargetSamples.ADDRESSES;

    private final AtomicInteger asked = new AtomicInteger();

    @ParameterizedTest
    @FieldSource("ADDRESSES")
    void deniedAddress_inAnySpelling_isDenied(String spelling) {
        var failure = failure(egress(TestPolicies.production(), Map.of()), spelling);
        assertThat(failure.kind()).isEqualTo(OutboundException.Kind.DENIED);
        assertThat(asked).as("DNS queries").hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, 192.0.2.7:80",
        "[2001:DB8::1], 2001:db8::1, [2001:db8::1]:80",
        "::ffff:c000:207, 192.0.2.7, 192.0.2.7:80"
    })
    void literalAddress_isNotResolved(String spelling, String host, String authority) {
        var checked = requireNonNull(
                egress(TestPolicies.production(), Map.of()).check(spelling, 80).block());
        assertThat(checked.host()).isEqualTo(host);
        assertThat(checked.authority()).isEqualTo(authority);
        assertThat(asked).hasValue(0);
    }

    @Test
    void name_isResolvedOnceToFirstAddress() {
        var egress = egress(TestPolicies.production(), Map.of("web.example", "192.0.2.7 192.0.2.8"));
        var checked = requireNonNull(egress.check("Web.Example", 443).block());
        assertThat(checked.toString()).isEqualTo("web.example:443 at 192.0.2.7");
        assertThat(checked.socketAddress().isUnresolved()).isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    void name_withOneDeniedAddress_isDenied() {
        var egress = egress(
                TestPolicies.production(),
                Map.of("first.example", "127.0.0.1 192.0.2.7", "last.example", "192.0.2.7 192.0.2.8 169.254.169.254"));
        assertThat(failure(egress, "first.example").detail()).isEqualTo("loopback");
        assertThat(failure(egress, "last.example").detail()).isEqualTo("metadata");
    }

    @Test
    void rebindingName_isCheckedEachTime() {
        Deque<String> answers = new ArrayDeque<>(List.of("192.0.2.7", "127.0.0.1"));
        var egress =
                new PolicyEgress(TestPolicies.production(), name -> Mono.fromCallable(() -> addresses(answers.pop())));
        assertThat(egress.check("rebind.example", 80).block()).hasToString("rebind.example:80 at 192.0.2.7");
        assertThat(failure(egress, "rebind.example").detail()).isEqualTo("loopback");
    }

    @Test
    void name_withoutAddress_failsWithDnsError() {
        assertThat(failure(egress(TestPolicies.production(), Map.of()), "nowhere.example")
                        .kind())
                .isEqualTo(OutboundException.Kind.DNS);
        assertThat(failure(new PolicyEgress(TestPolicies.production(), name -> Mono.just(List.of())), "empty.example")
                        .kind())
                .isEqualTo(OutboundException.Kind.DNS);
    }

    private PolicyEgress egress(AddressPolicy policy, Map<String, String> hosts) {
        return new PolicyEgress(
                policy,
                name -> Mono.fromCallable(() -> {
                    asked.incrementAndGet();
                    var found = hosts.get(name);
                    if (found == null) {
                        throw new UnknownHostException(name);
                    }
                    return addresses(found);
                }));
    }

    private static OutboundException failure(Egress egress, String host) {
        var failure = egress.check(host, 80)
                .map(passed -> new AssertionError(passed + " was let through"))
                .cast(Throwable.class)
                .onErrorResume(Mono::just)
                .block();
        assertThat(failure).isInstanceOf(OutboundException.class);
        return (OutboundException) requireNonNull(failure);
    }

    private static List<InetAddress> addresses(String literals) {
        return Arrays.stream(literals.split(" "))
                .map(NetUtil::createInetAddressFromIpAddressString)
                .toList();
    }
}
