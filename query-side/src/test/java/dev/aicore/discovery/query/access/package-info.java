@NullMarked
package dev.aicore.discovery.query.access;

import org.jspecify.annotations.NullMarked;
