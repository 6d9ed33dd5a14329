package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.discovery.ExplainView;
import dev.aicore.discovery.api.discovery.ExplainView.Rule;
import dev.aicore.discovery.balancing.EligibilityPolicy;
import dev.aicore.discovery.balancing.PanicPolicy;
import dev.aicore.discovery.query.discovery.snapshot.Candidate;
import dev.aicore.discovery.query.discovery.snapshot.HealthCounts;
import java.util.List;

/** Explains why discovery returns or omits an instance, by the rules that discovery applies. */
record ExplanationBuilder(PanicPolicy panic) {

    /**
     * Returns the explanation.
     *
     * @param discoverFilter filter of the discover request to explain, including the service
     * @param service health counts of all instances of the service
     */
    ExplainView of(DiscoverFilter discoverFilter, String id, InstanceEvidence instanceEvidence, HealthCounts service) {
        var rules = new DiscoveryRules(instanceEvidence).of(discoverFilter.service(), id);
        var instance = instanceEvidence.instance();
        boolean isThere = rules.stream().filter(rule -> isExistenceRule(rule)).allMatch(Rule::passes);
        if (!isThere || instance == null) {
            return view(discoverFilter, id, instanceEvidence, rules, false);
        }
        boolean fits = discoverFilter.match(instance);
        rules.add(new Rule(
                "filters",
                fits,
                fits
                        ? "The instance matches the requested filters."
                        : "The instance does not match the requested version, tags or metadata.",
                null));
        boolean panics = panic.panics(service.inService(), service.healthy());
        if (panics) {
            rules.add(new Rule(
                    "panic",
                    true,
                    service.healthy() + " of " + service.inService()
                            + " instances are healthy, below the panic threshold:"
                            + " all instances that have not expired are returned.",
                    null));
        }
        boolean discovered =
                fits && EligibilityPolicy.isEligible(new Candidate(instance), panics, discoverFilter.unhealthyToo());
        return view(discoverFilter, id, instanceEvidence, rules, discovered);
    }

    private static boolean isExistenceRule(Rule rule) {
        return rule.rule().equals("registered") || rule.rule().equals("present");
    }

    private static ExplainView view(
            DiscoverFilter discoverFilter,
            String id,
            InstanceEvidence instanceEvidence,
            List<Rule> rules,
            boolean discovered) {
        return new ExplainView(
                discoverFilter.service(),
                id,
                discovered,
                summary(id, rules, discovered),
                instanceEvidence.instance(),
                rules);
    }

    private static String summary(String id, List<Rule> rules, boolean discovered) {
        if (discovered) {
            return "'" + id + "' is discovered.";
        }
        var why =
                rules.stream().filter(rule -> !rule.passes()).map(Rule::detail).toList();
        return "'" + id + "' is not discovered. " + String.join(" ", why);
    }
}
