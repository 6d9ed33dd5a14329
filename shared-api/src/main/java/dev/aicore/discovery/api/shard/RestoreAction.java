package dev.aicore.discovery.api.shard;

import java.util.Locale;

/** How an instance is different from what it was. */
public enum RestoreAction {
    /** It went since then, and is brought back. */
    MISSING("restored"),
    /** Something else is declared since then: a conflict. */
    CHANGED("reverted"),
    /** It came since then: a conflict. */
    ADDED("deregistered");

    private final String resultWord;

    RestoreAction(String undone) {
        this.resultWord = undone;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What somebody wanted since then: undone only if that is asked for. */
    public boolean isConflict() {
        return this != MISSING;
    }

    /** What has become of the instance once it is as it was. */
    public String resultWord() {
        return resultWord;
    }
}
