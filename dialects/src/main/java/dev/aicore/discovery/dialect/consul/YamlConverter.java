package dev.aicore.discovery.dialect.consul;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.JsonBody;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Converts a YAML document to JSON. Reads what Spring Boot reads: YAML 1.1 without timestamps and without Java types.
 * Numbers keep their digits. The result is bounded, so that aliases can't multiply it.
 */
final class YamlConverter {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ALIASES = 50;
    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final StringBuilder json = new StringBuilder();

    private YamlConverter() {}

    /**
     * Returns the JSON of a YAML mapping.
     *
     * @throws RegistryException {@code validation_failed}, with the place of the error, or {@code body_too_large} if
     *     the JSON has more characters than {@link JsonBody#MAX_BYTES}
     */
    static byte[] toJson(byte[] yaml) {
        if (!(load(yaml) instanceof Map<?, ?> mapping)) {
            throw ConsulRefusals.invalid("A configuration must be a JSON object or a YAML mapping");
        }
        var converter = new YamlConverter();
        converter.write(mapping, 0);
        return converter.json.toString().getBytes(UTF_8);
    }

    private static @Nullable Object load(byte[] yaml) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(JsonBody.MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        var dumper = new DumperOptions();
        try {
            var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
            return new Yaml(
                            new NumberKeepingConstructor(options),
                            new Representer(dumper),
                            dumper,
                            options,
                            new TimestampFreeResolver())
                    .load(text);
        } catch (CharacterCodingException _) {
            throw ConsulRefusals.invalid("Invalid YAML: it is not in UTF-8");
        } catch (YAMLException e) {
            throw ConsulRefusals.invalid("Invalid YAML: " + e.getMessage());
        }
    }

    private void write(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw ConsulRefusals.invalid("Invalid YAML: it is nested too deeply");
        }
        switch (value) {
            case null -> append("null");
            case Map<?, ?> mapping -> writeMapping(mapping, depth);
            case List<?> sequence -> writeSequence(sequence, depth);
            case String text -> append(ApiJson.mapper().writeValueAsString(text));
            case Boolean flag -> append(flag.toString());
            case JsonNumber number -> append(number.text());
            case Number number when Double.isFinite(number.doubleValue()) -> append(number.toString());
            default ->
                throw ConsulRefusals.invalid("Invalid YAML: a value has the type "
                        + value.getClass().getSimpleName() + ", which JSON doesn't have");
        }
    }

    private void writeMapping(Map<?, ?> mapping, int depth) {
        append("{");
        var separator = "";
        for (var entry : mapping.entrySet()) {
            append(separator);
            append(ApiJson.mapper().writeValueAsString(name(entry.getKey())));
            append(":");
            write(entry.getValue(), depth + 1);
            separator = ",";
        }
        append("}");
    }

    private void writeSequence(List<?> sequence, int depth) {
        append("[");
        var separator = "";
        for (var element : sequence) {
            append(separator);
            write(element, depth + 1);
            separator = ",";
        }
        append("]");
    }

    private static String name(@Nullable Object key) {
        return switch (key) {
            case String text -> text;
            case JsonNumber number -> number.text();
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case null, default -> throw ConsulRefusals.invalid("Invalid YAML: a key is neither a text nor a number");
        };
    }

    private void append(String text) {
        if (json.length() + text.length() > JsonBody.MAX_BYTES) {
            throw new RegistryException(
                    ErrorCode.BODY_TOO_LARGE,
                    "A configuration may have at most " + JsonBody.MAX_BYTES + " bytes as JSON.");
        }
        json.append(text);
    }

    /** Number that JSON writes in the same way. */
    private record JsonNumber(String text) {}

    /** Keeps the digits of numbers. Numbers that JSON writes otherwise, such as hexadecimal ones, are computed. */
    private static final class NumberKeepingConstructor extends SafeConstructor {

        NumberKeepingConstructor(LoaderOptions options) {
            super(options);
            yamlConstructors.compute(Tag.INT, (_, computed) -> new NumberConstruct(computed));
            yamlConstructors.compute(Tag.FLOAT, (_, computed) -> new NumberConstruct(computed));
        }
    }

    private static final class NumberConstruct extends AbstractConstruct {

        private final Construct computed;

        NumberConstruct(Construct computed) {
            this.computed = computed;
        }

        @Override
        public Object construct(Node node) {
            return node instanceof ScalarNode scalar
                            && JSON_NUMBER.matcher(scalar.getValue()).matches()
                    ? new JsonNumber(scalar.getValue())
                    : computed.construct(node);
        }
    }

    /** Leaves dates as texts, as Spring Boot does. */
    private static final class TimestampFreeResolver extends Resolver {

        @Override
        public void addImplicitResolver(Tag tag, Pattern pattern, @Nullable String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, pattern, first, limit);
            }
        }
    }
}
