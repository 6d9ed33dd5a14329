package dev.aicore.discovery.dialect.eureka;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Status of an instance in Eureka's protocol. */
enum EurekaStatus {
    UP,
    DOWN,
    STARTING,
    OUT_OF_SERVICE,
    UNKNOWN;

    private static final Map<String, EurekaStatus> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(EurekaStatus::name, Function.identity()));

    /** Returns the status with a name in any case; null if there is none. */
    static @Nullable EurekaStatus find(@Nullable String name) {
        return name == null ? null : BY_NAME.get(name.toUpperCase(Locale.ROOT));
    }

    /** Returns the status with a name in any case; {@code UNKNOWN} for other names, as Eureka does. */
    static EurekaStatus parse(@Nullable String name) {
        var found = find(name);
        return found == null ? UNKNOWN : found;
    }
}
