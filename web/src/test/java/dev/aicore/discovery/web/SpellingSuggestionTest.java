package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingSuggestionTest {
    private static final List<String> KNOWN = List.of("name", "port", "health_check", "ttl", "version");

    @ParameterizedTest
    @CsvSource({
        "nmae,",
        "nam,name",
        "Port,port",
        "healthCheck,health_check",
        "healtcheck,health_check",
        "verison,version",
        "address,"
    })
    void suggestion_isGivenOnlyForSmallTypos(String given, String meant) {
        assertThat(SpellingSuggestion.to(given, KNOWN)).isEqualTo(meant);
    }
}
