package dev.aicore.discovery.server.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Conditions on the simple names of classes. */
final class NameConditions {

    /**
     * Matches a single word that is a participle, a gerund or a pronoun, and {@code Most…} and {@code Least…} instead
     * of max and min.
     */
    private static final Pattern NO_NOUN_PHRASE = Pattern.compile(
            "[A-Z][a-z]+(ing|ed)|Told|Held|Said|Kept|Then|Known|Gone|Written|Made|Begun|Found|Those|Each|Many|Most[A-Z].*|Least[A-Z].*");

    /** Names that match the pattern and are terms of the field. */
    private static final List<String> STANDARD = List.of("LeastConnections");

    private NameConditions() {}

    static ArchCondition<JavaClass> haveAParticipleAPronounOrASuperlativeAsTheirName() {
        return new ArchCondition<>("have a participle, a pronoun or a superlative as their name") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String name = type.getSimpleName();
                boolean matches =
                        type.isTopLevelClass() && NO_NOUN_PHRASE.matcher(name).matches() && !STANDARD.contains(name);
                events.add(new SimpleConditionEvent(type, matches, type.getName() + " is no noun phrase"));
            }
        };
    }

    static ArchCondition<JavaClass> haveAUniqueSimpleName() {
        return new ArchCondition<>("have a unique simple name") {
            private Map<String, List<JavaClass>> byName = Map.of();

            @Override
            public void init(Collection<JavaClass> all) {
                byName = all.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .collect(Collectors.groupingBy(JavaClass::getSimpleName));
            }

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                List<JavaClass> same = byName.getOrDefault(type.getSimpleName(), List.of(type));
                boolean unique = type.getSimpleName().equals("package-info") || same.size() == 1;
                events.add(new SimpleConditionEvent(type, unique, type.getName() + " shares its simple name: " + same));
            }
        };
    }
}
