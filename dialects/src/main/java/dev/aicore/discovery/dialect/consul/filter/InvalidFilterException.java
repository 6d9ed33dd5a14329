package dev.aicore.discovery.dialect.consul.filter;

/** Reports a filter that can't be evaluated. The message is a sentence for the caller that says where the error is. */
public final class InvalidFilterException extends Exception {

    InvalidFilterException(String problem, int position) {
        this("Failed to parse the filter at character " + (position + 1) + ": " + problem + ".");
    }

    InvalidFilterException(String sentence) {
        super(sentence, null, false, false);
    }
}
