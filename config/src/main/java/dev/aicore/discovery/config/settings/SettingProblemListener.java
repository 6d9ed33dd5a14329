package dev.aicore.discovery.config.settings;

/** Is told of each setting that can't be used: a start ends with the first one, a check goes on. */
@FunctionalInterface
interface SettingProblemListener {

    /** Ends with the first problem. */
    SettingProblemListener FATAL = exception -> {
        throw exception;
    };

    void add(InvalidSettingException exception);
}
