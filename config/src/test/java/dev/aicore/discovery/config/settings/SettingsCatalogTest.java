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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.unit.DataSize;

/** Compares the metadata of each key, and the bounds in its text, with the records. */
class SettingsCatalogTest {

    private static final Pattern RANGE =
            Pattern.compile("(?<above>above )?(?<low>[0-9A-Za-z_.]+)(?: \\([a-z ]+\\))? to (?<high>[0-9A-Za-z_.]+)");
    private static final List<Class<?>> COUNTED = List.of(int.class, double.class, Duration.class, DataSize.class);

    @Test
    void metadata_matchesRecordComponentsExactly() {
        assertThat(SettingDescription.names())
                .containsExactlyInAnyOrderElementsOf(
                        SettingsCatalog.keys().stream().map(SettingKey::name).toList());
    }

    /** A component without a default gets one in the metadata, 0 or false, that isn't the record's. */
    @ParameterizedTest
    @MethodSource("settings")
    void metadata_hasDefaultOfRecord(SettingDescription setting) {
        var inMetadata = setting.metadata().path("defaultValue");
        var elements = inMetadata.isArray() ? inMetadata.valueStream() : Stream.of(inMetadata);
        var text = elements.map(element -> element.asString("")).collect(Collectors.joining(","));
        if (setting.key().type() == double.class) {
            assertThat(Double.parseDouble(text))
                    .isEqualTo(Double.parseDouble(setting.key().defaultValue()));
        } else {
            assertThat(text).isEqualTo(setting.key().defaultValue());
        }
    }

    @Test
    void defaults_withoutEnvironment_areThoseOfCatalog() {
        var empty = new Binder();
        for (var record : SettingsConfiguration.records()) {
            assertThat((Object) empty.bindOrCreate(section(record), record))
                    .isEqualTo(SettingsBinder.defaults().get(record));
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void documentation_hasEffectAndBounds(SettingDescription setting) {
        assertThat(setting.effect()).as(setting.name()).isNotBlank().doesNotContain("|");
        if (COUNTED.contains(setting.key().type())) {
            assertThat(setting.bounds()).as(setting.name()).matches(RANGE);
        }
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void documentedRange_matchesValidation(SettingDescription setting) {
        var range = RANGE.matcher(setting.bounds());
        assertThat(range.matches()).isTrue();
        boolean lowIsIn = range.group("above") == null;
        var low = number(setting, range.group("low"));
        var high = number(setting, range.group("high"));
        assertThat(refusal(setting, written(setting, lowIsIn ? low : low + step(setting))))
                .isEmpty();
        assertThat(refusal(setting, written(setting, high))).isEmpty();
        for (var beyond : List.of(lowIsIn ? low - step(setting) : low, high + step(setting))) {
            assertThat(refusal(setting, written(setting, beyond)))
                    .as("%s = %s", setting.name(), written(setting, beyond))
                    .hasValueSatisfying(line -> assertThat(line)
                            .startsWith(setting.name() + " is '")
                            .contains(", expected a ")
                            .doesNotContain("\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void documentedChoices_matchValidation(SettingDescription setting) {
        var choices = setting.bounds().substring("one of ".length()).split(", ");
        for (var choice : choices) {
            assertThat(refusal(setting, choice)).as(choice).isEmpty();
        }
        assertThat(refusal(setting, "nonsense"))
                .hasValueSatisfying(line -> assertThat(Arrays.stream(
                                line.replaceFirst(".*, expected one of ", "").split(", ")))
                        .containsExactlyInAnyOrder(choices));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void emptyValue_isRefusedUnlessItIsDefaultOrDocumented(SettingDescription setting) {
        boolean hasMeaning =
                setting.key().defaultValue().isEmpty() || setting.text().contains("empty = ");
        assertThat(refusal(setting, "").isEmpty()).as(setting.name()).isEqualTo(hasMeaning);
    }

    static List<SettingDescription> settings() {
        return SettingDescription.all();
    }

    static Stream<SettingDescription> ranges() {
        return settings().stream()
                .filter(setting -> COUNTED.contains(setting.key().type()));
    }

    static Stream<SettingDescription> choices() {
        return settings().stream().filter(setting -> setting.bounds().startsWith("one of "));
    }

    /**
     * Returns the refusal of this setting's value; empty if the value is accepted, or if only another's value conflicts
     * with it.
     */
    private static Optional<String> refusal(SettingDescription setting, String value) {
        var settingsBinder = SettingsBinder.with(Map.of(setting.key().property(), value));
        List<String> lines = new ArrayList<>();
        for (var record : SettingsConfiguration.records()) {
            if (setting.key().property().startsWith(section(record) + ".")) {
                try {
                    settingsBinder.get(record);
                } catch (RuntimeException refused) {
                    lines.add(SettingFailureAnalyzer.line(refused).orElseThrow(() -> refused));
                }
            }
        }
        return lines.stream()
                .filter(line -> line.startsWith(setting.name() + " "))
                .findFirst();
    }

    /** Returns the value of a bound: a number, or the default of the sibling key that the bound names. */
    private static double number(SettingDescription setting, String bound) {
        if (Character.isDigit(bound.charAt(0))) {
            if (setting.key().type() == DataSize.class) {
                return DataSize.parse(bound).toBytes();
            }
            return setting.key().type() == Duration.class
                    ? DurationStyle.detectAndParse(bound, ChronoUnit.SECONDS).toMillis()
                    : Double.parseDouble(bound);
        }
        var named = setting.name().substring(0, setting.name().lastIndexOf('.') + 1) + bound;
        var other = settings().stream()
                .filter(each -> each.name().equals(named))
                .findFirst()
                .orElseThrow();
        return number(other, other.key().defaultValue());
    }

    private static double step(SettingDescription setting) {
        return setting.key().type() == double.class ? 0.0001 : 1;
    }

    private static String written(SettingDescription setting, double number) {
        if (setting.key().type() == double.class) {
            return Double.toString(number);
        }
        return setting.key().type() == Duration.class ? (long) number + "ms" : Long.toString((long) number);
    }

    private static String section(Class<?> record) {
        return Objects.requireNonNull(AnnotationUtils.findAnnotation(record, ConfigurationProperties.class))
                .value();
    }
}
