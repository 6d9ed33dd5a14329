package dev.aicore.discovery.access;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Role of a caller. Each role includes the permissions of the roles before it, so the last one of several counts. */
enum Role {
    VIEWER,
    SERVICE,
    OPERATOR,
    ADMIN;

    private static final Map<String, Role> BY_NAME =
            Arrays.stream(values()).collect(toMap(Role::displayName, Function.identity()));

    /** Returns the name of the role in tokens, keys and settings. */
    String displayName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the role of this name; null if there is none. */
    static @Nullable Role of(String word) {
        return BY_NAME.get(word);
    }
}
