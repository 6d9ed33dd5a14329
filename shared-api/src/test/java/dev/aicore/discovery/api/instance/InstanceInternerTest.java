package dev.aicore.discovery.api.instance;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InstanceInternerTest {

    @Test
    void internedInstances_equalOriginalsInOrder() {
        var read = List.of(read("b", "10.0.0.2", "r1"), read("a", "10.0.0.1", "r2"));

        assertThat(InstanceInterner.internAll(read)).isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("said")
    void equalValues_areShared(Function<InstanceView, Object> said) {
        var shared = InstanceInterner.internAll(List.of(read("a", "10.0.0.1", "r1"), read("b", "10.0.0.2", "r1")));

        assertThat(said.apply(shared.getLast())).isSameAs(said.apply(shared.getFirst()));
    }

    static List<Function<InstanceView, Object>> said() {
        return List.of(
                InstanceView::name,
                InstanceView::namespace,
                InstanceView::version,
                InstanceView::protocol,
                InstanceView::healthCheck,
                InstanceView::metadata,
                InstanceView::tags,
                InstanceView::zone,
                InstanceView::owner,
                InstanceView::registeredAt);
    }

    @Test
    void metadataKeys_withDifferentValues_areShared() {
        var shared = InstanceInterner.internAll(List.of(read("a", "10.0.0.1", "r1"), read("b", "10.0.0.2", "r2")));

        assertThat(shared)
                .extracting(InstanceView::metadata)
                .containsExactly(Map.of("rack", "r1"), Map.of("rack", "r2"));
        assertThat(key(shared.getLast())).isSameAs(key(shared.getFirst()));
    }

    private static String key(InstanceView of) {
        return of.metadata().keySet().iterator().next();
    }

    /** Creates a view with its own copies of all values, as deserialization does. */
    private static InstanceView read(String id, String address, String rack) {
        var declaration = aDeclaration(copy("web"))
                .version(copy("1.2.0"))
                .address(address)
                .protocol(copy("http"))
                .healthCheck(new HealthCheck(copy("http"), 30, 5, 3, 2, Map.of(copy("path"), copy("/health"))))
                .metadata(Map.of(copy("rack"), copy(rack)))
                .tags(copy("blue"), copy("green"))
                .zone(copy("a"))
                .build();
        var at = Instant.parse("2026-11-23T12:00:00Z");
        return InstanceView.of(
                id,
                copy("default"),
                copy("alice"),
                declaration,
                65,
                new InstanceState(AdminState.ACTIVE, LeaseState.LIVE, HealthState.HEALTHY, BreakerState.CLOSED),
                new InstanceLifecycle(1, at, at, null, 42));
    }

    private static String copy(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
