package dev.aicore.discovery.dialect.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.testing.DeclarationBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PrometheusTargetTest {

    private static final Instant AT = Instant.parse("2026-11-23T00:00:00Z");

    @Test
    void labels_haveAllowedCharactersAndFirstOfEqualNames() {
        var target = PrometheusTarget.of(
                view(
                        DeclarationBuilder.aDeclaration("web")
                                .tags("a-b", "c.d")
                                .metadata(Map.of("team.name", "one", "team_name", "two", "é", "x")),
                        AdminState.DRAINING,
                        LeaseState.LIVE),
                null);

        assertThat(target.targets()).containsExactly("10.0.0.1:8080");
        assertThat(target.labels())
                .contains(
                        entry("__meta_sd_service", "web"),
                        entry("__meta_sd_health", "draining"),
                        entry("__meta_sd_tag_a_b", "true"),
                        entry("__meta_sd_tag_c_d", "true"),
                        entry("__meta_sd_meta_team_name", "one"),
                        entry("__meta_sd_meta__", "x"));
        assertThat(target.labels().keySet()).allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"));
    }

    @ParameterizedTest
    @CsvSource({
        "9100, 10.0.0.1:9100",
        "65535, 10.0.0.1:65535",
        "65536, 10.0.0.1:8080",
        "0, 10.0.0.1:8080",
        "99999999999, 10.0.0.1:8080",
        "http, 10.0.0.1:8080"
    })
    void port_ofMetadata_isUsedIfItIsOne(String value, String target) {
        var instance = view(
                DeclarationBuilder.aDeclaration("web").metadata(Map.of("port", value)),
                AdminState.ACTIVE,
                LeaseState.LIVE);

        assertThat(PrometheusTarget.of(instance, "port").targets()).containsExactly(target);
        assertThat(PrometheusTarget.of(instance, "absent").targets()).containsExactly("10.0.0.1:8080");
    }

    @Test
    void address_ofIpv6_isInBrackets() {
        var instance =
                view(DeclarationBuilder.aDeclaration("web").address("2001:db8::1"), AdminState.ACTIVE, LeaseState.LIVE);

        assertThat(PrometheusTarget.of(instance, null).targets()).containsExactly("[2001:db8::1]:8080");
    }

    @ParameterizedTest
    @EnumSource(value = AdminState.class, mode = Mode.EXCLUDE, names = "ACTIVE")
    void filter_acceptsEveryStatusButExpired(AdminState declared) {
        var declaration = DeclarationBuilder.aDeclaration("web");

        assertThat(TargetFilter.ALL.match(view(declaration, declared, LeaseState.LIVE)))
                .isTrue();
        assertThat(TargetFilter.ALL.match(view(declaration, AdminState.ACTIVE, LeaseState.OVERDUE)))
                .isTrue();
        assertThat(TargetFilter.ALL.match(view(declaration, AdminState.ACTIVE, LeaseState.EXPIRED)))
                .isFalse();
    }

    @Test
    void filter_withConditions_requiresAllOfThem() {
        var filter = new TargetFilter("web", Set.of("blue"), Map.of("team", "one"), null);
        var match = DeclarationBuilder.aDeclaration("web").tags("blue", "x").metadata(Map.of("team", "one", "k", "v"));

        assertThat(filter.match(live(match))).isTrue();
        assertThat(filter.match(live(match.tags("x")))).isFalse();
        assertThat(filter.match(live(match.tags("blue").metadata(Map.of("team", "two")))))
                .isFalse();
        assertThat(filter.match(live(
                        DeclarationBuilder.aDeclaration("other").tags("blue").metadata(Map.of("team", "one")))))
                .isFalse();
    }

    private static InstanceView live(DeclarationBuilder declaration) {
        return view(declaration, AdminState.ACTIVE, LeaseState.LIVE);
    }

    private static InstanceView view(DeclarationBuilder declaration, AdminState declared, LeaseState lease) {
        return InstanceView.of(
                "id",
                "default",
                "owner",
                declaration.build(),
                30,
                new InstanceState(declared, lease, HealthState.HEALTHY, BreakerState.CLOSED),
                new InstanceLifecycle(1, AT, AT, null, 1));
    }
}
