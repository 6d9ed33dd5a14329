package dev.aicore.discovery.command.configuration;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.path.NodePath;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;

/** Validates {@code multipleOf} exactly. The library converts integers to {@code double}. */
final class MultipleOfKeyword extends BaseKeywordValidator {

    private final BigDecimal divisor;

    MultipleOfKeyword(SchemaLocation location, JsonNode schemaNode, Schema parent, SchemaContext context) {
        super(KeywordType.MULTIPLE_OF, schemaNode, location, parent, context);
        this.divisor = schemaNode.decimalValue();
    }

    @Override
    public void validate(ExecutionContext context, JsonNode value, JsonNode root, NodePath place) {
        if (value.isNumber() && !divides(value.decimalValue())) {
            context.addError(error().instanceNode(value)
                    .instanceLocation(place)
                    .evaluationPath(context.getEvaluationPath())
                    .locale(context.getExecutionConfig().getLocale())
                    .arguments(divisor.toString()) // a number would be rounded
                    .build());
        }
    }

    /**
     * Returns true if the divisor divides a number. Computes a power of ten only if it can be a divisor of the digits:
     * {@code 1e9999} has few of them.
     */
    private boolean divides(BigDecimal dividend) {
        var digits = dividend.unscaledValue();
        var by = divisor.unscaledValue();
        long zeros = (long) divisor.scale() - dividend.scale();
        if (zeros >= 0) {
            var power = BigInteger.TEN.modPow(BigInteger.valueOf(zeros), by);
            return isZero(digits.multiply(power).mod(by));
        }
        return isZero(digits)
                || (-zeros < dividend.precision() && isZero(digits.mod(by.multiply(BigInteger.TEN.pow((int) -zeros)))));
    }

    private static boolean isZero(BigInteger number) {
        return number.signum() == 0;
    }
}
