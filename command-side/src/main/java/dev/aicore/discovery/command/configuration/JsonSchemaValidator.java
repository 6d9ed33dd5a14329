package dev.aicore.discovery.command.configuration;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.command.configuration.ConfigurationAggregate.SchemaValidator;
import dev.aicore.discovery.command.configuration.CostLimitedRegex.UnusablePattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Validates with JSON Schema draft 2020-12, or with draft 4, 6, 7 or 2019-09 if the schema declares it. Never fetches
 * anything outside of the schema.
 */
final class JsonSchemaValidator implements SchemaValidator {

    private static final int MAX_REPORTED_ERRORS = 50;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public Optional<Refused> ofSchema(String schema) {
        var node = MAPPER.readTree(schema);
        var dialect = node.path("$schema");
        if (!dialect.isMissingNode() && dialectOf(node) == null) {
            return invalid("$schema", "is not supported", dialect.asString(""), "a draft of JSON Schema");
        }
        var outside = SchemaReferenceFinder.outside(node);
        if (outside.isPresent()) {
            return invalid("$ref", "points outside the schema", outside.get(), "a fragment such as #/$defs/port");
        }
        return bounded((registry, validationBudget) -> {
            var errors = errors(
                    registry.getSchema(SchemaLocation.of(specification(node).getDialectId())), node, validationBudget);
            if (!errors.isEmpty()) {
                return Optional.of(new Refused(
                        ErrorCode.VALIDATION_FAILED, "The schema is not a JSON Schema.", toFieldErrors(errors, null)));
            }
            registry.getSchema(node).initializeValidators();
            return Optional.empty();
        });
    }

    @Override
    public Optional<Refused> ofContent(String schema, String content) {
        return bounded((registry, validationBudget) -> {
            var errors =
                    errors(registry.getSchema(MAPPER.readTree(schema)), MAPPER.readTree(content), validationBudget);
            return errors.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Refused(
                            ErrorCode.SCHEMA_VIOLATED,
                            "The configuration violates its schema: " + errors.size()
                                    + (errors.size() == 1 ? " violation." : " violations."),
                            toFieldErrors(errors, "the schema's ")));
        });
    }

    private static Optional<Refused> bounded(BiFunction<SchemaRegistry, ValidationBudget, Optional<Refused>> check) {
        var validationBudget = new ValidationBudget();
        try {
            return check.apply(registry(validationBudget), validationBudget);
        } catch (ValidationBudget.Exhausted e) {
            return notCheckable(String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return notCheckable("its references or its patterns repeat endlessly");
        } catch (RuntimeException e) {
            return notCheckable(e.getCause() instanceof RuntimeException cause ? cause : e);
        }
    }

    private static Optional<Refused> notCheckable(RuntimeException failure) {
        return switch (failure) {
            case UnusablePattern unusable ->
                notCheckable(String.valueOf(unusable.getMessage()), List.of(SchemaErrorMapper.toFieldError(unusable)));
            case ValidationBudget.Exhausted exhausted -> notCheckable(String.valueOf(exhausted.getMessage()));
            // The library's message for a schema that it can't process names its classes.
            default -> notCheckable("it can't be processed; one of its references may have no target");
        };
    }

    private static SchemaRegistry registry(ValidationBudget validationBudget) {
        var config = SchemaRegistryConfig.builder()
                .locale(Locale.ENGLISH)
                .pathType(PathType.LEGACY)
                .regularExpressionFactory(new CostLimitedRegex(validationBudget))
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(
                                loader -> loader.allow(iri -> SchemaReferenceFinder.isStandard(iri.toString())))
                        .dialectRegistry(new CostLimitedDialects(validationBudget))
                        .schemaRegistryConfig(config));
    }

    private static List<Error> errors(Schema schema, JsonNode value, ValidationBudget validationBudget) {
        var context = new CostLimitedContext(
                ExecutionConfig.builder().locale(Locale.ENGLISH).build(), validationBudget);
        schema.validate(context, value);
        return context.getErrors();
    }

    private static SpecificationVersion specification(JsonNode schema) {
        var named = dialectOf(schema);
        return named == null ? SpecificationVersion.DRAFT_2020_12 : named;
    }

    private static @Nullable SpecificationVersion dialectOf(JsonNode schema) {
        var text = schema.path("$schema").asString("");
        return SpecificationVersion.fromDialectId(text.endsWith("#") ? text.substring(0, text.length() - 1) : text)
                .or(() -> SpecificationVersion.fromDialectId(text))
                .orElse(null);
    }

    private static List<FieldError> toFieldErrors(List<Error> errors, @Nullable String schemaOwner) {
        return errors.stream()
                .limit(MAX_REPORTED_ERRORS)
                .map(error -> SchemaErrorMapper.toFieldError(error, schemaOwner))
                .toList();
    }

    private static Optional<Refused> invalid(String field, String message, String value, String expected) {
        return Optional.of(new Refused(
                ErrorCode.VALIDATION_FAILED,
                "The schema is invalid: " + field + " " + message + ".",
                List.of(new FieldError(field, message, value, expected))));
    }

    private static Optional<Refused> notCheckable(String reason) {
        return notCheckable(reason, List.of());
    }

    private static Optional<Refused> notCheckable(String reason, List<FieldError> errors) {
        return Optional.of(
                new Refused(ErrorCode.SCHEMA_NOT_CHECKABLE, "The schema can't be evaluated: " + reason + ".", errors));
    }
}
