/** Tests of the UI that need no browser: rules for its sources, budgets of size, contrast, and the files in memory. */
@NullMarked
package dev.aicore.discovery.ui;

import org.jspecify.annotations.NullMarked;
