package dev.aicore.discovery.web.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

class JsonDiffTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int DOCUMENTS = 2_000;
    private static final int LONG_NAME = 4_096;
    private static final int LEVELS = 8;
    private static final int ITEMS = 16_000;
    private static final int PLACES = 1_000;

    @Test
    void diff_listsEachChange() {
        assertThat(differences(
                        "{\"a\":1,\"b\":{\"c\":[1,2]},\"d/e~f\":true}",
                        "{\"b\":{\"c\":[1,3,4]},\"d/e~f\":null,\"g\":{}}"))
                .containsExactly(
                        "REMOVED /a 1 -",
                        "REPLACED /b/c/1 2 3",
                        "ADDED /b/c/2 - 4",
                        "REPLACED /d~1e~0f true null",
                        "ADDED /g - {}");
    }

    @Test
    void equivalentJson_hasNoDifferences() {
        assertThat(differences("{\"a\":1,\"b\":\"\\u00fc\"}", "{\"b\":\"ü\",\"a\":1}"))
                .isEmpty();
    }

    @Test
    void numbers_areComparedAsWritten() {
        assertThat(differences("{\"a\":12345678901234567890,\"b\":1e400}", "{\"a\":12345678901234567891,\"b\":1e401}"))
                .containsExactly("REPLACED /a 12345678901234567890 12345678901234567891", "REPLACED /b 1e400 1e401");
    }

    @Test
    void arrayDiff_containsInsertedOrRemovedItemsOnly() {
        assertThat(differences("{\"a\":[1,2,3,4]}", "{\"a\":[1,2,9,3,4]}")).containsExactly("ADDED /a/2 - 9");
        assertThat(differences("{\"a\":[1,2,3,4]}", "{\"a\":[1,4]}"))
                .containsExactly("REMOVED /a/2 3 -", "REMOVED /a/1 2 -");
    }

    @Test
    void longPaths_areReportedAsOneDifference() {
        var name = "n".repeat(LONG_NAME);
        var path = ("/" + name).repeat(LEVELS);
        assertThat(differences("{\"a\":1,%s}".formatted(nested("0")), "{\"a\":2,%s}".formatted(nested("1"))))
                .containsExactly("REPLACED /a 1 2", "REPLACED " + path + " " + items("0") + " " + items("1"));
    }

    @Test
    void manyLongPaths_areReportedAsOneOuterDifference() {
        var before = "{\"%s\":{%s}}".formatted("n".repeat(LONG_NAME), places("[0]"));
        var after = "{\"%s\":{%s}}".formatted("n".repeat(LONG_NAME), places("[1]"));
        assertThat(JsonDiff.between(before, after)).singleElement().satisfies(found -> {
            assertThat(found.path()).isEqualTo("/" + "n".repeat(LONG_NAME));
            assertThat(text(found.after())).isEqualTo("{" + places("[1]") + "}");
        });
    }

    @Test
    void patchSteps_appliedInOrder_yieldTarget() {
        var random = new Random(7);
        for (int i = 0; i < DOCUMENTS; i++) {
            var before = object(random, 3);
            var after = random.nextInt(4) == 0 ? object(random, 3) : changed(random, before);
            var steps = JsonDiff.between(before.toString(), after.toString()).stream()
                    .map(JsonDiffEntry::operation)
                    .toList();
            assertThat(apply(before, steps))
                    .as("%s to %s by %s", before, after, steps)
                    .isEqualTo(after);
        }
    }

    private static List<String> differences(String before, String after) {
        return JsonDiff.between(before, after).stream()
                .map(found ->
                        found.change() + " " + found.path() + " " + text(found.before()) + " " + text(found.after()))
                .toList();
    }

    /** Returns almost 64 KiB of JSON, half of it names and half items. */
    private static String nested(String item) {
        var name = "\"" + "n".repeat(LONG_NAME) + "\":";
        return (name + "{").repeat(LEVELS - 1) + name + items(item) + "}".repeat(LEVELS - 1);
    }

    private static String items(String item) {
        return "[" + (item + ",").repeat(ITEMS - 1) + item + "]";
    }

    private static String places(String value) {
        return IntStream.range(0, PLACES)
                .mapToObj(i -> "\"" + i + "\":" + value)
                .collect(Collectors.joining(","));
    }

    private static String text(@Nullable RawValue value) {
        return value == null ? "-" : String.valueOf(value.rawValue());
    }

    private static ObjectNode object(Random random, int depth) {
        var object = JSON.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(List.of("a", "b", "c/d", "e~f", "").get(random.nextInt(5)), value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (depth == 0 ? 2 + random.nextInt(2) : random.nextInt(4)) {
            case 0 -> object(random, depth - 1);
            case 1 -> {
                var array = JSON.createArrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            case 2 -> JSON.getNodeFactory().numberNode(random.nextInt(4));
            default -> JSON.getNodeFactory().stringNode("x" + random.nextInt(3));
        };
    }

    private static ObjectNode changed(Random random, ObjectNode before) {
        var after = before.deepCopy();
        for (var name : List.copyOf(after.propertyNames())) {
            if (random.nextInt(3) == 0) {
                after.set(name, value(random, 2));
            } else if (random.nextInt(4) == 0) {
                after.remove(name);
            }
        }
        return after;
    }

    private static JsonNode apply(ObjectNode document, List<JsonPatchOperation> steps) {
        var root = document.deepCopy();
        for (var step : steps) {
            var path = new ArrayList<>(List.of(step.path().substring(1).split("/", -1)));
            path.replaceAll(name -> name.replace("~1", "/").replace("~0", "~"));
            var last = path.removeLast();
            JsonNode parent = root;
            for (var name : path) {
                parent = parent instanceof ArrayNode items ? items.get(Integer.parseInt(name)) : parent.get(name);
            }
            var value = step.value() == null ? null : JSON.readTree(text((RawValue) step.value()));
            apply(parent, step.op(), last, value);
        }
        return root;
    }

    private static void apply(JsonNode parent, String op, String last, @Nullable JsonNode value) {
        if (parent instanceof ArrayNode items) {
            int index = Integer.parseInt(last);
            switch (op) {
                case "add" -> items.insert(index, Objects.requireNonNull(value));
                case "remove" -> items.remove(index);
                default -> items.set(index, Objects.requireNonNull(value));
            }
        } else {
            var members = (ObjectNode) parent;
            assertThat(members.has(last)).isEqualTo(!op.equals("add"));
            if (op.equals("remove")) {
                members.remove(last);
            } else {
                members.set(last, Objects.requireNonNull(value));
            }
        }
    }
}
