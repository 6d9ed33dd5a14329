package dev.aicore.discovery.web.json;

import dev.aicore.discovery.web.json.JsonDiffEntry.Change;
import dev.aicore.discovery.web.json.RawJson.Items;
import dev.aicore.discovery.web.json.RawJson.Members;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * Computes the differences between two JSON values, in an order in which they can be applied one after another.
 * Zjsonpatch compares trees whose numbers are parsed, and bounds neither its time nor the length of all paths.
 */
public final class JsonDiff {

    /** Maximum number of characters of all paths together: for bodies of 64 KiB they could reach 0.5 GB. */
    private static final int MAX_CHARACTERS = 1 << 20;

    private final List<JsonDiffEntry> found = new ArrayList<>();

    /** Length of all paths found, including those that were too many to be recorded. */
    private long characters;

    private JsonDiff() {}

    /** Returns all differences; empty if both values are equal. The order of an object's members is ignored. */
    public static List<JsonDiffEntry> between(String before, String after) {
        var jsonDiff = new JsonDiff();
        jsonDiff.compare(JsonPointer.ROOT, RawJson.of(before), RawJson.of(after));
        return List.copyOf(jsonDiff.found);
    }

    /**
     * Compares two values. If the paths of their parts are too long together, records the whole value as one
     * difference.
     */
    private void compare(JsonPointer pointer, RawJson before, RawJson after) {
        int foundBefore = found.size();
        long charactersBefore = characters;
        compareParts(pointer, before, after);
        if (characters > MAX_CHARACTERS) {
            found.subList(foundBefore, found.size()).clear();
            characters = charactersBefore;
            add(pointer, Change.REPLACED, before, after);
        }
    }

    private void compareParts(JsonPointer pointer, RawJson before, RawJson after) {
        if (before instanceof Members(var old) && after instanceof Members(var now)) {
            old.forEach((name, value) -> {
                var left = now.get(name);
                if (left == null) {
                    add(pointer.member(name), Change.REMOVED, value, null);
                } else {
                    compare(pointer.member(name), value, left);
                }
            });
            now.forEach((name, value) -> {
                if (!old.containsKey(name)) {
                    add(pointer.member(name), Change.ADDED, null, value);
                }
            });
        } else if (before instanceof Items(var old) && after instanceof Items(var now)) {
            compareItems(pointer, old, now);
        } else if (!before.equals(after)) {
            add(pointer, Change.REPLACED, before, after);
        }
    }

    /**
     * Compares arrays. Keeps the common prefix and suffix; compares each remaining item with the item at the same
     * index.
     */
    private void compareItems(JsonPointer pointer, List<RawJson> old, List<RawJson> now) {
        int shorter = Math.min(old.size(), now.size());
        int alike = 0;
        while (alike < shorter && old.get(alike).equals(now.get(alike))) {
            alike++;
        }
        int behind = 0;
        while (behind < shorter - alike && old.get(old.size() - 1 - behind).equals(now.get(now.size() - 1 - behind))) {
            behind++;
        }
        for (int i = alike; i < shorter - behind; i++) {
            compare(pointer.element(i), old.get(i), now.get(i));
        }
        // Removes from the end, so that the indexes of later steps don't shift.
        for (int i = old.size() - behind - 1; i >= shorter - behind; i--) {
            add(pointer.element(i), Change.REMOVED, old.get(i), null);
        }
        for (int i = shorter - behind; i < now.size() - behind; i++) {
            add(pointer.element(i), Change.ADDED, null, now.get(i));
        }
    }

    private void add(JsonPointer pointer, Change change, @Nullable RawJson before, @Nullable RawJson after) {
        characters += pointer.length();
        if (characters <= MAX_CHARACTERS) {
            found.add(new JsonDiffEntry(
                    pointer.toString(),
                    change,
                    before == null ? null : new RawValue(before.json()),
                    after == null ? null : new RawValue(after.json())));
        }
    }
}
