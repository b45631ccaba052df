/**
 * Takes autoinstall files apart, the configurations of Ubuntu's server installer subiquity, into the configuration of
 * curtin that the rest of vmtest reads. Every part keeps its own place in the user's file, and what is not done is
 * said.
 */
@NullMarked
package dev.vmtest.autoinstall;

import org.jspecify.annotations.NullMarked;
