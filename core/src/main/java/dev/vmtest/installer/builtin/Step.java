package dev.vmtest.installer.builtin;

/**
 * Be one thing that the built-in installer does in the install environment.
 *
 * <p>A step is data until it is written: its components say what will be done, and a changed copy of
 * a plan does something else. New kinds of storage are new records.
 */
public sealed interface Step
        permits StorageStep,
                PathStep,
                StackStep,
                ZfsStep,
                PreserveStep,
                SystemStep,
                SourceStep,
                AptStep,
                BootStep,
                CommandStep {

    /** Say in a few words what the step does; it heads the step in the script and in a failure. */
    String describe();

    /** Write the step as shell commands. */
    void write(ScriptWriter script);
}
