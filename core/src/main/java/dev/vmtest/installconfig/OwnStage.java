package dev.vmtest.installconfig;

/**
 * Name a stage that a configuration adds to those of every installation, by listing it under {@code stages}. It has no
 * work but its commands (curtin's {@code commands/install.py} runs them as it runs any stage's).
 */
public record OwnStage(String text) implements InstallStage {}
