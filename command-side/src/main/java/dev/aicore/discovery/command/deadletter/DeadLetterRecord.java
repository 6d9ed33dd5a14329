package dev.aicore.discovery.command.deadletter;

import java.util.List;

/**
 * A fact that read models couldn't fold, or that waits for one.
 *
 * @param type its name
 * @param sequence what it is ordered with
 * @param models the read models without it, in order of their names; one at least
 * @param error why the first of them couldn't fold it
 */
record DeadLetterRecord(String type, String sequence, List<String> models, String error) {

    DeadLetterRecord {
        models = List.copyOf(models);
    }
}
