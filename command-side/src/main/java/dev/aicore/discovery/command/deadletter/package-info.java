/** What administrators decide about read models: it is written, as all that is decided is. */
@NullMarked
package dev.aicore.discovery.command.deadletter;

import org.jspecify.annotations.NullMarked;
