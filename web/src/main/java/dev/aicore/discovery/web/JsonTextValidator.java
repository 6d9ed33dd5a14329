package dev.aicore.discovery.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the texts in JSON values, and reports violations of their constraints. */
final class JsonTextValidator {
    private final ViolationCollector violationCollector;

    JsonTextValidator(ViolationCollector violationCollector) {
        this.violationCollector = violationCollector;
    }

    /**
     * Returns the text, and reports a violation of its constraint; null if the value is no text, which is reported too.
     */
    @Nullable
    String one(String at, JsonNode value, TextConstraint rule) {
        String text = value.isString() ? value.stringValue() : null;
        String problem = text == null ? "must be " + rule.expected() : rule.problem(text);
        if (problem != null) {
            violationCollector.add(at, problem, shown(value), rule.expected());
        }
        return text;
    }

    List<String> list(String at, JsonNode array, TextConstraint rule) {
        List<String> list = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            String text = one(at + "[" + i + "]", array.get(i), rule);
            list.add(text == null ? "" : text);
        }
        return list;
    }

    Map<String, String> map(String at, JsonNode object, int maxKey, int maxValue, int maxTotal) {
        TextConstraint keyRule = TextConstraint.nonEmpty(maxKey);
        TextConstraint valueRule = TextConstraint.upTo(maxValue);
        Map<String, String> map = new LinkedHashMap<>();
        long total = 0;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String key = entry.getKey();
            String problem = keyRule.problem(key);
            if (problem != null) {
                violationCollector.add(at + "." + key, "has a key that " + problem, key, keyRule.expected());
            }
            String text = one(at + "." + key, entry.getValue(), valueRule);
            String value = text == null ? "" : text;
            total += key.codePointCount(0, key.length()) + value.codePointCount(0, value.length());
            map.put(key, value);
        }
        if (total > maxTotal) {
            violationCollector.add(
                    at, "is too large", total + " characters", "at most " + maxTotal + " characters in all");
        }
        return map;
    }

    /** Reports every name and text, at any depth, that contains a control character or an unpaired surrogate. */
    void requireClean(String at, JsonNode value) {
        requireAll(FieldPath.of(at), value, TextConstraint::findCharacterProblem, "without control characters");
    }

    /** Reports every name and text, at any depth, that can't be encoded. */
    void requireWhole(String at, JsonNode value) {
        requireAll(FieldPath.of(at), value, TextConstraint::findSurrogateProblem, "without unpaired surrogates");
    }

    private void requireAll(FieldPath at, JsonNode value, Function<String, @Nullable String> rule, String expected) {
        if (value.isString()) {
            String problem = rule.apply(value.stringValue());
            if (problem != null) {
                violationCollector.add(at, problem, shown(value), "text " + expected);
            }
        }
        for (int i = 0; i < (value.isArray() ? value.size() : 0); i++) {
            requireAll(at.element(i), value.get(i), rule, expected);
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String problem = rule.apply(entry.getKey());
            if (problem != null) {
                violationCollector.add(at, "has a name that " + problem, entry.getKey(), "names " + expected);
            }
            requireAll(at.field(entry.getKey()), entry.getValue(), rule, expected);
        }
    }

    /**
     * Returns a value as problems show it: texts, booleans and whole numbers unchanged, any other value as JSON text.
     */
    static Object shown(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isIntegralNumber() && value.canConvertToLong() ? (Object) value.longValue() : value.toString();
    }
}
