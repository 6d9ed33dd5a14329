/** What administrators decide about read models: it is written, as all that is decided is. */
@NullMarked
package dev.aicore.discovery.command.readmodel;

import org.jspecify.annotations.NullMarked;
