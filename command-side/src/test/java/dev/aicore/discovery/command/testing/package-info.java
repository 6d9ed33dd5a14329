/** Test support that the tests of the routes that write share. */
@NullMarked
package dev.aicore.discovery.command.testing;

import org.jspecify.annotations.NullMarked;
