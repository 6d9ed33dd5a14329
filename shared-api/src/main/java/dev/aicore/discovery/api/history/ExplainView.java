package dev.aicore.discovery.api.history;

import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an instance is or isn't discovered.
 *
 * @param discovered whether discovery answers it
 * @param summary the answer in a sentence
 * @param instance null if it isn't there
 * @param rules what decides it, in this order; those behind one that makes them pointless are left out
 */
public record ExplainView(
        String serviceName,
        String id,
        boolean discovered,
        String summary,
        @Nullable InstanceView instance,
        List<Rule> rules) {

    public ExplainView {
        rules = List.copyOf(rules);
    }

    /**
     * One of the things that decide.
     *
     * @param passes whether it speaks for being discovered
     * @param detail how it stands, in a sentence
     * @param because what happened last to make it so; null if nothing did
     */
    public record Rule(
            String rule,
            boolean passes,
            String detail,
            @Nullable LastChange because) {}
}
