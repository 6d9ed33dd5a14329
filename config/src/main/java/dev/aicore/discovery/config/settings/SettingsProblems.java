package dev.aicore.discovery.config.settings;

/** Is told of each setting that can't be used: a start ends with the first one, a check goes on. */
@FunctionalInterface
interface SettingsProblems {

    /** Ends with the first problem. */
    SettingsProblems FATAL = problem -> {
        throw problem;
    };

    void add(InvalidSetting problem);
}
