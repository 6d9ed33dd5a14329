package dev.aicore.discovery.config.settings;

/** Receives each invalid setting. A start ends with the first one, a check continues. */
@FunctionalInterface
interface SettingProblemListener {

    /** Throws the first problem. */
    SettingProblemListener FATAL = exception -> {
        throw exception;
    };

    void add(InvalidSettingException exception);
}
