package dev.aicore.discovery.projection.history;

import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceUpdated;
import java.util.stream.Collectors;

/** Describes an update as the end of a sentence that begins with the instance. */
final class UpdateDescription {

    private static final String STATUS = "status";

    private UpdateDescription() {}

    static String of(InstanceUpdated updated) {
        var changes = updated.changed().stream()
                .filter(field -> !field.equals(STATUS))
                .map(field -> change(field, updated.declaration()))
                .collect(Collectors.joining(", "));
        var verb = updated.changed().contains(STATUS) ? verb(updated.declared()) : " was updated by ";
        return verb + updated.envelope().actor() + (changes.isEmpty() ? "" : ": " + changes);
    }

    private static String verb(AdminState adminState) {
        return switch (adminState) {
            case ACTIVE -> " was made active by ";
            case MAINTENANCE -> " was put into maintenance by ";
            case DRAINING -> " was set draining by ";
        };
    }

    /** Returns a short field with its new value, and any other field by its name. */
    private static String change(String field, Declaration declaration) {
        return switch (field) {
            case "port" -> "port " + declaration.port();
            case "protocol" -> "protocol " + declaration.protocol();
            case "weight" -> "weight " + declaration.weight();
            case "ttl" -> "ttl " + declaration.ttl() + " s";
            case "address" -> "address " + declaration.address();
            case "version" -> "version " + orNone(declaration.version());
            case "zone" -> "zone " + orNone(declaration.zone());
            case "health_check" -> checks(declaration);
            default -> field;
        };
    }

    /** Returns the statuses of several checks, which are what changes most often. */
    private static String checks(Declaration declaration) {
        var composite = CompositeCheck.of(declaration.healthCheck());
        return composite == null
                ? "health_check"
                : composite.components().entrySet().stream()
                        .map(check ->
                                check.getKey() + ' ' + check.getValue().status().jsonName())
                        .collect(Collectors.joining(", ", "health_check (", ")"));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
