/**
 * Lets a test author write a virtual machine test as a JUnit class. Holds the annotations, the injected facts and the release matrix as a class template.
 */
@NullMarked
package dev.vmtest.junit;

import org.jspecify.annotations.NullMarked;
