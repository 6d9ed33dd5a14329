package dev.aicore.discovery.command.configuration;

import com.networknt.schema.annotation.Annotation;
import com.networknt.schema.annotation.Annotations;
import com.networknt.schema.path.NodePath;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores the annotations of keywords, and charges the budget at each access: the keywords that use the annotations of a
 * value iterate over all of them.
 */
final class CostLimitedAnnotations extends Annotations {

    private final Map<NodePath, List<Annotation>> byPlace = new HashMap<>();
    private final Map<NodePath, List<Annotation>> counted = new CountingMap();
    private final ValidationBudget validationBudget;

    CostLimitedAnnotations(ValidationBudget validationBudget) {
        this.validationBudget = validationBudget;
    }

    @Override
    public Map<NodePath, List<Annotation>> asMap() {
        return counted;
    }

    @Override
    public void put(Annotation annotation) {
        byPlace.computeIfAbsent(annotation.getInstanceLocation(), _ -> new ArrayList<>())
                .add(annotation);
    }

    private final class CountingMap extends AbstractMap<NodePath, List<Annotation>> {

        @Override
        public Set<Entry<NodePath, List<Annotation>>> entrySet() {
            return byPlace.entrySet();
        }

        @Override
        public @Nullable List<Annotation> get(@Nullable Object place) {
            var annotations = byPlace.get(place);
            if (annotations != null) {
                annotations.forEach(this::count);
            }
            return annotations;
        }

        @Override
        public List<Annotation> getOrDefault(@Nullable Object place, List<Annotation> otherwise) {
            var annotations = get(place);
            return annotations == null ? otherwise : annotations;
        }

        private void count(Annotation annotation) {
            int names = annotation.<Object>getValue() instanceof Collection<?> all ? all.size() : 0;
            validationBudget.steps(1L + names + annotation.getEvaluationPath().getNameCount());
        }
    }
}
