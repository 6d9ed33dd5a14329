package dev.aicore.discovery.projection.processing;

/** Thrown if the database can't be used: nothing was done, and the work will be retried. */
public final class ProjectionException extends RuntimeException {

    ProjectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
