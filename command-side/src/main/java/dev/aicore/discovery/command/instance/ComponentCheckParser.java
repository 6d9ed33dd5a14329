package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.health.ComponentCheck;
import dev.aicore.discovery.api.health.ComponentHealth;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.TextConstraint;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Parses the checks of a composite, with their last reported statuses. */
final class ComponentCheckParser {

    private static final Choices<ComponentHealth> STATUSES =
            Choices.of(List.of(ComponentHealth.values()), ComponentHealth::jsonName);
    private static final int MAX_ID = 256;
    private static final int MAX_TEXT = 1_024;
    private static final int MAX_TOTAL = 16 * 1024;

    private final Function<JsonFields, HealthCheck> checkParser;

    /** @param checkParser parses the fields that every check has */
    ComponentCheckParser(Function<JsonFields, HealthCheck> checkParser) {
        this.checkParser = checkParser;
    }

    /** Returns the JSON values of the checks, ordered by id; null if they are invalid as a whole. */
    @Nullable
    Map<String, Object> readFrom(JsonFields config) {
        var sent = config.jsonOrNull(CompositeCheck.CHECKS);
        if (!(sent instanceof ObjectNode node && isBounded(node))) {
            config.reject(
                    CompositeCheck.CHECKS,
                    sent == null ? "is required" : "is not valid",
                    "an object of 1 to " + CompositeCheck.MAX_COMPONENTS + " checks by ids of 1 to " + MAX_ID
                            + " characters, with at most " + MAX_TOTAL + " characters in all");
            return null;
        }
        var checks = config.object(CompositeCheck.CHECKS);
        var components = new TreeMap<String, ComponentCheck>();
        node.propertyNames().forEach(id -> components.put(id, component(checks.object(id))));
        return new CompositeCheck(components).toConfig();
    }

    private static boolean isBounded(ObjectNode checks) {
        return !checks.isEmpty()
                && checks.size() <= CompositeCheck.MAX_COMPONENTS
                && checks.propertyNames().stream().allMatch(id -> !id.isEmpty() && id.length() <= MAX_ID)
                && checks.toString().length() <= MAX_TOTAL;
    }

    private ComponentCheck component(JsonFields fields) {
        var check = checkParser.apply(fields);
        if (check.deregisterAfter().isPresent()) {
            fields.reject(
                    "config",
                    "has " + HealthCheck.DEREGISTER_AFTER + ", which is a setting of the instance",
                    HealthCheck.DEREGISTER_AFTER + " beside " + CompositeCheck.CHECKS);
        }
        return new ComponentCheck(
                check,
                fields.textOr("name", TextConstraint.upTo(MAX_ID), ""),
                fields.textOr("notes", TextConstraint.upTo(MAX_TEXT), ""),
                fields.choiceOr("status", STATUSES, ComponentHealth.STARTING),
                fields.textOr("output", TextConstraint.upTo(MAX_TEXT), ""));
    }
}
