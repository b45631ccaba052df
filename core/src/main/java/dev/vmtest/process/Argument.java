package dev.vmtest.process;

import dev.vmtest.secret.Secret;

/** Be one word of a command: one that anybody may see, or one that is never shown. */
public sealed interface Argument {

    /** Hold a word that anybody may see. */
    record Plain(String text) implements Argument {
        @Override
        public String shown() {
            return text;
        }

        @Override
        public String revealed() {
            return text;
        }
    }

    /** Hold a word that is never shown. */
    record Hidden(Secret secret) implements Argument {
        @Override
        public String shown() {
            return secret.toString();
        }

        @Override
        public String revealed() {
            return secret.reveal();
        }
    }

    /** Return the word as it is shown. */
    String shown();

    /** Return the word as the program gets it. */
    String revealed();
}
