package dev.aicore.discovery.server.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.api.wire.WireTypes.WireType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.axonframework.serialization.Revision;

/** Conditions on the events of the event store. */
final class EventConditions {

    static final Class<Revision> REVISION = Revision.class;

    private static final Path GOLDEN = Path.of("..", "shared-api", "src", "test", "resources", "golden");

    private EventConditions() {}

    static DescribedPredicate<JavaClass> areEvents() {
        return DescribedPredicate.describe(
                "are events",
                type -> !type.isInterface()
                        && (type.isAssignableTo(Fact.class) || wireType(type).isPresent()));
    }

    static ArchCondition<JavaClass> beListedWithTheirRevision() {
        return new ArchCondition<>("be listed in WireTypes, with the revision of their annotation") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String listed = wireType(type)
                        .map(wire -> String.valueOf(wire.revision()))
                        .orElse("none");
                String annotated = revision(type).orElse("none");
                events.add(new SimpleConditionEvent(
                        type,
                        !listed.equals("none") && listed.equals(annotated),
                        type.getName() + ": revision in WireTypes " + listed + ", annotated " + annotated));
            }
        };
    }

    /**
     * Requires a golden file of each revision, including the current one: later, nobody can write the file of a past
     * revision.
     */
    static ArchCondition<JavaClass> haveAGoldenFileOfEachRevision() {
        return new ArchCondition<>("have a golden file of each revision") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String name = wireType(type).map(WireType::name).orElse(type.getSimpleName());
                int newest = revision(type).map(Integer::parseInt).orElse(1);
                IntStream.rangeClosed(1, newest)
                        .mapToObj(revision -> GOLDEN.resolve(name).resolve("v" + revision + ".json"))
                        .forEach(file -> events.add(new SimpleConditionEvent(
                                type, Files.isRegularFile(file), type.getName() + " needs the golden file " + file)));
            }
        };
    }

    private static Optional<WireType<?>> wireType(JavaClass type) {
        return WireTypes.ALL.stream()
                .<WireType<?>>map(wire -> wire)
                .filter(wire -> wire.type().getName().equals(type.getName()))
                .findFirst();
    }

    private static Optional<String> revision(JavaClass type) {
        return type.tryGetAnnotationOfType(REVISION).map(Revision::value);
    }
}
