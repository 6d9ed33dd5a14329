package dev.aicore.discovery.api.discovery;

import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.api.instance.InstanceView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains why an instance is discovered or not.
 *
 * @param discovered true if discovery returns the instance
 * @param summary the result in one sentence
 * @param instance the instance; null if it is not present
 * @param rules the rules that decide, in the order of evaluation; rules that can no longer matter after a failed rule
 *     are left out
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
     * One rule of the decision.
     *
     * @param passes true if the rule speaks for discovery
     * @param detail how the rule applies to the instance, in one sentence
     * @param because the last fact that led to this result; null if there is none
     */
    public record Rule(
            String rule,
            boolean passes,
            String detail,
            @Nullable LastChange because) {}
}
