package dev.aicore.discovery.dialect.consul.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

    private record Entry(
            String name,
            long port,
            boolean override,
            List<String> tags,
            Map<String, String> meta,
            List<String> statuses) {}

    private static final Entry ENTRY = new Entry(
            "web-1",
            8080,
            true,
            List.of("a", "v1"),
            Map.of("zone", "eu-west", "my-key", "x"),
            List.of("passing", "warning"));
    private static final FilterFields<Entry> FIELDS = fields();

    private static FilterFields<Entry> fields() {
        var fields = new LinkedHashMap<String, FilterField<Entry>>();
        fields.put("Service.ID", FilterField.text(Entry::name));
        fields.put("Service.Port", FilterField.number(Entry::port));
        fields.put("Service.EnableTagOverride", FilterField.flag(Entry::override));
        fields.put("Service.Tags", FilterField.list(Entry::tags));
        fields.put("Service.Meta", FilterField.map(Entry::meta));
        fields.put(
                "Checks",
                new FilterField.SizeField<>(entry -> List.of(entry.statuses().size())));
        fields.put("Checks.Status", new FilterField.TextField<>(Entry::statuses));
        return new FilterFields<>(fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Service.ID == web-1 | true",
                "Service.ID == \"web-1\" | true",
                "Service.ID == `web-1` | true",
                "Service.ID==\"web-1\" | true",
                "Service.ID != web-2 | true",
                "Service.ID contains \"eb\" | true",
                "\"eb\" in Service.ID | true",
                "Service.ID matches \"^web-[0-9]+$\" | true",
                "Service.ID matches \"eb\" | true",
                "Service.ID not matches `^a` | true",
                "Service.Port == 8080 | true",
                "Service.Port == \"8080\" | true",
                "Service.Port != 8080 | false",
                "Service.EnableTagOverride == true | true",
                "Service.EnableTagOverride != true | false",
                "Service.Tags contains \"a\" | true",
                "a in Service.Tags | true",
                "b not in Service.Tags | true",
                "Service.Tags not contains v1 | false",
                "Service.Tags is empty | false",
                "Service.Tags is not empty | true",
                "zone in Service.Meta | true",
                "city in Service.Meta | false",
                "Service.Meta is empty | false",
                "Service.Meta.zone == eu-west | true",
                "Service.Meta[\"zone\"] == eu-west | true",
                "Service.Meta[`my-key`] == x | true",
                "\"west\" in Service.Meta[\"zone\"] | true",
                "Service.Meta.city == x | false",
                "Service.Meta.city != x | true",
                "Service.Meta.city is empty | true",
                "Service.Meta.city not matches x | true",
                "Checks.Status == passing | true",
                "Checks.Status == warning | true",
                "Checks.Status == critical | false",
                "not Checks.Status == critical | true",
                "Checks is not empty | true",
                "not ( Service.Port == 1 ) | true",
                "not not Service.Port == 8080 | true",
                "(Service.Port == 8080) | true"
            })
    void parse_comparison_isEvaluated(String filter, boolean expected) throws InvalidFilterException {
        assertThat(FilterParser.parse(filter, FIELDS).test(ENTRY)).isEqualTo(expected);
    }

    @Test
    void parse_andBesideOr_bindsTighter() throws InvalidFilterException {
        var filter = "Service.Port == 8080 or Service.Port == 1 and Service.ID == other";

        assertThat(FilterParser.parse(filter, FIELDS).test(ENTRY)).isTrue();
        assertThat(FilterParser.parse("(Service.Port == 8080 or Service.Port == 1) and Service.ID == other", FIELDS)
                        .test(ENTRY))
                .isFalse();
    }

    @Test
    void parse_notBesideAnd_negatesOneComparison() throws InvalidFilterException {
        assertThat(FilterParser.parse("not Service.Port == 1 and Service.ID == other", FIELDS)
                        .test(ENTRY))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void parse_blankFilter_acceptsEverything(String filter) throws InvalidFilterException {
        assertThat(FilterParser.parse(filter, FIELDS).test(ENTRY)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Service.Port == | at character 16: expected a value, but found the end",
                "Service.Port 8080 | at character 14: expected an operator, but found '8080'",
                "Service.Port == 8080 8081 | at character 22: expected and, or, or the end, but found '8081'",
                "(Service.Port == 8080 | at character 22: expected ')', but found the end",
                "Service.Port = 8080 | at character 14: '=' is no operator",
                "Service.ID == \"web | at character 15: the quoted text isn't closed",
                "Service.ID == `web | at character 15: the quoted text isn't closed",
                "Service.Nothing == x | there is no selector 'Service.Nothing'",
                "Service.ID.x == x | there is no selector 'Service.ID.x'",
                "Service.Tags[\"a\"] == x | there is no selector 'Service.Tags[...]'",
                "Service.Port == many | 'many' is no integer",
                "Service.EnableTagOverride == 7 | '7' is no boolean",
                "Service.Port contains 80 | 'contains' doesn't apply to Service.Port, which is a number",
                "Service.Tags == a | '==' doesn't apply to Service.Tags, which is a list",
                "Service.Meta == a | '==' doesn't apply to Service.Meta, which is a map",
                "Checks == a | '==' doesn't apply to Checks",
                "Service.ID matches \"(\" | the pattern is invalid",
                "Service.ID is full | expected empty, but found 'full'",
                "Service.ID not == x | expected in, contains or matches, but found '=='",
                "\"a\" == Service.ID | expected in or not in, but found '=='",
                "a in \"b\" | expected a selector, but found 'b'",
                "and | expected an operator",
                ") | expected a selector or a value, but found ')'"
            })
    void parse_invalidFilter_isRefusedWithThePlace(String filter, String part) {
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> FilterParser.parse(filter.strip(), FIELDS))
                .withMessageContaining(part);
    }

    @Test
    void parse_tenThousandParentheses_areRefused() {
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> FilterParser.parse("(".repeat(10_000), FIELDS))
                .withMessageContaining("at most 4096 are allowed");
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> FilterParser.parse("(".repeat(4_000), FIELDS))
                .withMessageContaining("more than 64 levels");
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> FilterParser.parse("not ".repeat(1_000), FIELDS))
                .withMessageContaining("more than 64 levels");
    }

    @Test
    void parse_manyParenthesesBesideEachOther_areAllowed() throws InvalidFilterException {
        var filter = String.join(" and ", Collections.nCopies(FilterParser.MAX_COMPARISONS, "(Service.Port == 8080)"));

        assertThat(FilterParser.parse(filter, FIELDS).test(ENTRY)).isTrue();
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> FilterParser.parse(filter + " and Service.Port == 8080", FIELDS))
                .withMessageContaining("more than 64 comparisons");
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a{1000}){1000}){1000}", "a{40}{40}", "(x{9,999}y){9}"})
    void parse_patternOfMultipliedRepetitions_isRefused(String pattern) {
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> FilterParser.parse("Service.ID matches `" + pattern + '`', FIELDS))
                .withMessageContaining("repeats more than 1000 times");
    }

    @Test
    void parse_longPattern_isRefused() {
        assertThatExceptionOfType(InvalidFilterException.class)
                .isThrownBy(() -> FilterParser.parse("Service.ID matches `" + "a?".repeat(200) + '`', FIELDS))
                .withMessageContaining("more than 256 characters");
    }
}
