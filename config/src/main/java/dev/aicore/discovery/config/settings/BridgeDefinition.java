package dev.aicore.discovery.config.settings;

import dev.aicore.discovery.api.access.ServiceScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bridge to another registry. Its text format is {@code NAME KIND DIRECTION OPTION=VALUE…}, such as
 * {@code legacy etcd in endpoint=http://etcd-1:2379 service=orders-*}. An option that is given several times has
 * several values. Secrets are in files that options name.
 *
 * @param name name in the history, where the author is {@link #principal()}, and in the administration
 * @param imports true if instances of the other registry are registered here
 * @param exports true if instances of this registry are registered there
 * @param options values by option, in the order of the text
 */
public record BridgeDefinition(
        String name, BridgeKind kind, boolean imports, boolean exports, Map<String, List<String>> options) {

    private static final String EXPECTED = "NAME KIND DIRECTION OPTION=VALUE..., such as 'legacy etcd in"
            + " endpoint=http://etcd-1:2379': a name of a-z, 0-9 and -, one of "
            + Arrays.stream(BridgeKind.values()).map(BridgeKind::settingName).collect(Collectors.joining(", "))
            + ", and one of in, out, both";

    private static final String NAME = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final List<String> DIRECTIONS = List.of("in", "out", "both");
    private static final List<String> PROTOCOLS = List.of("http", "https", "grpc", "tcp");
    private static final String SERVICE_PREFIX = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final int BEFORE_OPTIONS = 3;
    private static final int MAX_VALUES = 100;

    public BridgeDefinition {
        options = Map.copyOf(options);
    }

    static BridgeDefinition parse(String text) {
        var words = List.of(text.strip().split(" +"));
        if (words.size() < BEFORE_OPTIONS
                || !words.getFirst().matches(NAME)
                || !DIRECTIONS.contains(words.get(BEFORE_OPTIONS - 1))) {
            throw InvalidSettingException.of(BridgeSettings.KEY, text, EXPECTED);
        }
        var kind = Arrays.stream(BridgeKind.values())
                .filter(known -> known.settingName().equals(words.get(1)))
                .findFirst()
                .orElseThrow(() -> InvalidSettingException.of(BridgeSettings.KEY, text, EXPECTED));
        var direction = words.get(BEFORE_OPTIONS - 1);
        var definition = new BridgeDefinition(
                words.getFirst(),
                kind,
                !direction.equals("out"),
                !direction.equals("in"),
                options(text, kind, words.subList(BEFORE_OPTIONS, words.size())));
        definition.requireValid(text);
        return definition;
    }

    private static Map<String, List<String>> options(String text, BridgeKind kind, List<String> words) {
        var options = new LinkedHashMap<String, List<String>>();
        for (var word : words) {
            int equals = word.indexOf('=');
            var option = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 || equals == word.length() - 1 || !kind.options().contains(option)) {
                throw InvalidSettingException.of(
                        BridgeSettings.KEY,
                        text,
                        "OPTION=VALUE instead of '" + word + "', with one of the options "
                                + String.join(", ", kind.options()));
            }
            options.computeIfAbsent(option, _ -> new ArrayList<>()).add(word.substring(equals + 1));
        }
        return options;
    }

    private void requireValid(String text) {
        for (var option : kind.required()) {
            require(options.containsKey(option), text, "the option " + option);
        }
        options.forEach((option, values) ->
                require(values.size() <= MAX_VALUES, text, "at most " + MAX_VALUES + " values of " + option));
        require(text("service-prefix", "a").matches(SERVICE_PREFIX), text, "a service-prefix of A-Z a-z 0-9 . _ -");
        require(
                PROTOCOLS.contains(text("protocol", "tcp")),
                text,
                "a protocol that is one of " + String.join(", ", PROTOCOLS));
    }

    private static void require(boolean valid, String text, String expected) {
        if (!valid) {
            throw InvalidSettingException.of(BridgeSettings.KEY, text, expected);
        }
    }

    /** Returns {@code in}, {@code out} or {@code both}. */
    public String direction() {
        return imports && exports ? "both" : imports ? "in" : "out";
    }

    /** Returns the principal that owns what the bridge registers here. */
    public String principal() {
        return "bridge:" + name;
    }

    /** Returns the services that the bridge is restricted to, by their names on the side that it reads. */
    public ServiceScope services() {
        return new ServiceScope(options.getOrDefault("service", List.of("*")));
    }

    /** Returns all values of an option; empty if it isn't given. */
    public List<String> texts(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** Returns the last value of an option. */
    public String text(String option, String absent) {
        var value = textOrNull(option);
        return value == null ? absent : value;
    }

    /** Returns the last value of an option; null if it isn't given. */
    public @Nullable String textOrNull(String option) {
        var values = options.get(option);
        return values == null ? null : values.getLast();
    }

    /**
     * Returns the whole number of an option.
     *
     * @throws InvalidSettingException if the value isn't a whole number from min to max
     */
    public int number(String option, int absent, int min, int max) {
        var value = textOrNull(option);
        if (value == null) {
            return absent;
        }
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw InvalidSettingException.of(
                    BridgeSettings.KEY, option + "=" + value, "a whole number from " + min + " to " + max);
        }
        return Integer.parseInt(value);
    }

    /** Returns the exception for an option with a value that its kind of bridge can't use. */
    public InvalidSettingException invalid(String option, String expected) {
        return InvalidSettingException.of(BridgeSettings.KEY, name + ": " + option + "=" + text(option, ""), expected);
    }
}
