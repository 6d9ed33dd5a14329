package dev.aicore.discovery.config.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.unit.DataSize;

/** Turns an exception of Spring about a setting into one line for the operator. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class SettingFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return line(failure)
                .map(line -> new FailureAnalysis(line, null, failure))
                .orElse(null);
    }

    /**
     * Returns a line with key, value and accepted values; empty if no setting caused the failure. Secrets are not
     * shown.
     */
    public static Optional<String> line(@Nullable Throwable failure) {
        return setting(failure).map(InvalidSettingException::getMessage);
    }

    /** Returns the invalid setting that caused the failure; empty if there is none. */
    static Optional<InvalidSettingException> setting(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidSettingException invalid) {
                return Optional.of(invalid);
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind && bind.getName().toString().startsWith(SettingsBinder.PREFIX)) {
                return Optional.of(conversion(bind));
            }
            if (cause instanceof PlaceholderResolutionException unresolved) {
                return Optional.of(InvalidSettingException.line("invalid placeholder: " + problem(unresolved)));
            }
        }
        return Optional.empty();
    }

    private static InvalidSettingException conversion(BindException bind) {
        String key = SettingNames.toFileNotation(bind.getName().toString());
        if (bind.getTarget().getType().resolve(Object.class).isRecord()) {
            return InvalidSettingException.section(key, innermost(bind));
        }
        if (innermost(bind) instanceof PlaceholderResolutionException unresolved) {
            return InvalidSettingException.placeholder(key, problem(unresolved));
        }
        String expected = expected(bind.getTarget().getType().resolve(Object.class));
        ConfigurationProperty property = bind.getProperty();
        boolean isText = bind.getTarget().getType().resolve(Object.class) == String.class;
        if (isText && (key.endsWith("secret") || key.endsWith("url"))) {
            return InvalidSettingException.withoutValue(key, expected);
        }
        return InvalidSettingException.of(key, property == null ? "?" : property.getValue(), expected);
    }

    /** Returns the message without the value that contains the placeholder, which may be a secret. */
    private static String problem(PlaceholderResolutionException unresolved) {
        return String.valueOf(unresolved.getMessage()).replaceFirst(" in value .*", "");
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Returns the accepted values of a type, as they are written in a file. */
    static String expected(Class<?> type) {
        if (type == Duration.class) {
            return "a duration such as 30s, 5m, 1h, or a bare number of seconds";
        }
        if (type == DataSize.class) {
            return "a size such as 512MB or 20GB";
        }
        if (type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> SettingNames.toFileNotation(constant.toString()))
                            .collect(Collectors.joining(", "));
        }
        return "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
