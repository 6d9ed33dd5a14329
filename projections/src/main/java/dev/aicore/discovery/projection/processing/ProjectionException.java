package dev.aicore.discovery.projection.processing;

/** The database can't be used: nothing was done, and it will be tried again. */
public final class ProjectionException extends RuntimeException {

    ProjectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
