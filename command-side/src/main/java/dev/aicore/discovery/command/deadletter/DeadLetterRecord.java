package dev.aicore.discovery.command.deadletter;

import java.util.List;

/**
 * Fact that read models could not fold, or that waits behind an earlier fact of its sequence.
 *
 * @param type type of the event
 * @param sequence sequence whose facts are folded in order
 * @param models names of the read models that lack the fact, sorted; at least one
 * @param error error of the first of these read models
 */
record DeadLetterRecord(String type, String sequence, List<String> models, String error) {

    DeadLetterRecord {
        models = List.copyOf(models);
    }
}
