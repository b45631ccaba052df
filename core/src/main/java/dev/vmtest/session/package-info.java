/**
 * Puts the parts together for one run: settings, images, accelerator, schedule and reports. The
 * command and the JUnit extension both open their runs here.
 */
@NullMarked
package dev.vmtest.session;

import org.jspecify.annotations.NullMarked;
