package dev.aicore.discovery.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThirdPartyNoticeTest {

    private static final Path GENERATED = Path.of("target", "licenses", "THIRD-PARTY.md");
    private static final Path NOTICE = Path.of("..", "THIRD-PARTY.md");

    /** Compares the notice with the resolved dependencies; {@code -Dnotice.write=true} writes the notice first. */
    @Test
    void thirdPartyNotice_matchesResolvedDependencies() throws IOException {
        var generated = Files.readString(GENERATED);
        if (Boolean.getBoolean("notice.write")) {
            Files.writeString(NOTICE, generated);
        }
        assertThat(Files.readString(NOTICE)).isEqualTo(generated);
    }

    @Test
    void licenses_ofResolvedDependencies_areAllowed() throws IOException {
        var generated = new ThirdPartyNotice(Files.readString(GENERATED));
        assertThat(generated.dependencies())
                .contains("org.springframework:spring-webflux", "org.postgresql:postgresql", "io.netty:netty-common")
                .doesNotContain("org.junit.jupiter:junit-jupiter", "dev.aicore.discovery:config");
        assertThat(generated.refusals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"AGPL-3.0-only", "Unknown license", "GPL-2.0-only or LGPL-2.1-only", "Apache"})
    void license_thatIsNotAllowed_isRefused(String license) {
        assertThat(rowOf(license).refusals()).containsExactly("org.example:library: " + license);
    }

    @ParameterizedTest
    @CsvSource({"Apache-2.0", "EPL-2.0 or LGPL-2.1-only", "GPL-2.0-only or MIT"})
    void license_withAllowedAlternative_isAllowed(String license) {
        assertThat(rowOf(license).dependencies()).containsExactly("org.example:library");
        assertThat(rowOf(license).refusals()).isEmpty();
    }

    private static ThirdPartyNotice rowOf(String license) {
        return new ThirdPartyNotice("""
                | dependency | version | license | project |
                |---|---|---|---|
                | `org.example:library` | 1.0 | %s | https://example.org |
                """.formatted(license));
    }
}
