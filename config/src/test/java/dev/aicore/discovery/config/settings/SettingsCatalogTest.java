package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.unit.DataSize;

/** Compares the documented bounds of each key with the validation of the records. */
class SettingsCatalogTest {

    private static final Pattern RANGE =
            Pattern.compile("(?<above>above )?(?<low>[0-9A-Za-z_.]+)(?: \\([a-z ]+\\))? to (?<high>[0-9A-Za-z_.]+)");
    private static final List<Class<?>> COUNTED = List.of(int.class, double.class, Duration.class, DataSize.class);

    @Test
    void catalogKeys_matchRecordComponentsExactly() {
        Set<String> bound = new TreeSet<>();
        for (var record : SettingsConfiguration.records()) {
            for (var component : record.getRecordComponents()) {
                bound.add(section(record) + "." + DataObjectPropertyName.toDashedForm(component.getName()));
            }
        }
        assertThat(SettingsCatalog.keys().stream().map(SettingKey::property))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(bound);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void catalogKey_documentsEffectAndBounds(SettingKey key) {
        assertThat(key.effect()).as(key.name()).isNotBlank().doesNotContain("|");
        if (COUNTED.contains(key.type())) {
            assertThat(key.bounds()).as(key.name()).matches(RANGE);
        }
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void documentedRange_matchesValidation(SettingKey key) {
        var range = RANGE.matcher(key.bounds());
        assertThat(range.matches()).isTrue();
        boolean lowIsIn = range.group("above") == null;
        var low = number(key, range.group("low"));
        var high = number(key, range.group("high"));
        assertThat(refusal(key, written(key, lowIsIn ? low : low + step(key)))).isEmpty();
        assertThat(refusal(key, written(key, high))).isEmpty();
        for (var beyond : List.of(lowIsIn ? low - step(key) : low, high + step(key))) {
            assertThat(refusal(key, written(key, beyond)))
                    .as("%s = %s", key.name(), written(key, beyond))
                    .hasValueSatisfying(line -> assertThat(line)
                            .startsWith(key.name() + " is '")
                            .contains(", expected a ")
                            .doesNotContain("\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void documentedChoices_matchValidation(SettingKey key) {
        var choices = key.bounds().substring("one of ".length()).split(", ");
        for (var choice : choices) {
            assertThat(refusal(key, choice)).as(choice).isEmpty();
        }
        assertThat(refusal(key, "nonsense"))
                .hasValueSatisfying(line -> assertThat(Arrays.stream(
                                line.replaceFirst(".*, expected one of ", "").split(", ")))
                        .containsExactlyInAnyOrder(choices));
    }

    static List<SettingKey> keys() {
        return SettingsCatalog.keys();
    }

    static Stream<SettingKey> ranges() {
        return keys().stream().filter(key -> COUNTED.contains(key.type()));
    }

    static Stream<SettingKey> choices() {
        return keys().stream().filter(key -> key.bounds().startsWith("one of "));
    }

    /**
     * Returns the refusal of this key's value; empty if the value is accepted, or if only another key's value conflicts
     * with it.
     */
    private static Optional<String> refusal(SettingKey key, String value) {
        var settingsBinder = SettingsBinder.with(Map.of(key.property(), value));
        List<String> lines = new ArrayList<>();
        for (var record : SettingsConfiguration.records()) {
            if (key.property().startsWith(section(record) + ".")) {
                try {
                    settingsBinder.get(record);
                } catch (RuntimeException refused) {
                    lines.add(SettingFailureAnalyzer.line(refused).orElseThrow(() -> refused));
                }
            }
        }
        return lines.stream().filter(line -> line.startsWith(key.name() + " ")).findFirst();
    }

    /** Returns the value of a bound: a number, or the default of the sibling key that the bound names. */
    private static double number(SettingKey key, String bound) {
        if (Character.isDigit(bound.charAt(0))) {
            if (key.type() == DataSize.class) {
                return DataSize.parse(bound).toBytes();
            }
            return key.type() == Duration.class
                    ? DurationStyle.detectAndParse(bound, ChronoUnit.SECONDS).toMillis()
                    : Double.parseDouble(bound);
        }
        var named = key.name().substring(0, key.name().lastIndexOf('.') + 1) + bound;
        var other = keys().stream()
                .filter(each -> each.name().equals(named))
                .findFirst()
                .orElseThrow();
        return number(other, other.defaultValue());
    }

    private static double step(SettingKey key) {
        return key.type() == double.class ? 0.0001 : 1;
    }

    private static String written(SettingKey key, double number) {
        if (key.type() == double.class) {
            return Double.toString(number);
        }
        return key.type() == Duration.class ? (long) number + "ms" : Long.toString((long) number);
    }

    private static String section(Class<?> record) {
        return Objects.requireNonNull(AnnotationUtils.findAnnotation(record, ConfigurationProperties.class))
                .value();
    }
}
