@NullMarked
package dev.aicore.discovery.query.moment;

import org.jspecify.annotations.NullMarked;
