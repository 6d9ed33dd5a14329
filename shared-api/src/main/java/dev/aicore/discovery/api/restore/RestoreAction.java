package dev.aicore.discovery.api.restore;

import java.util.Locale;

/** Difference of an instance from the point in time that its service is restored to, which determines the action. */
public enum RestoreAction {
    /** Gone since then; it is registered again. */
    MISSING("restored"),
    /** Declared differently since then: a conflict. */
    CHANGED("reverted"),
    /** Registered since then: a conflict. */
    ADDED("deregistered");

    private final String resultWord;

    RestoreAction(String undone) {
        this.resultWord = undone;
    }

    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns true if undoing the difference discards a later change. Conflicts are undone only if the caller requests
     * it.
     */
    public boolean isConflict() {
        return this != MISSING;
    }

    /** Returns the word for an instance whose difference was undone. */
    public String resultWord() {
        return resultWord;
    }
}
